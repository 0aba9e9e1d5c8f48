package dev.servicebus.listener.container;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.Disposition;
import dev.servicebus.listener.Settlement;

/**
 * The listener's hand on the settlement of its message.
 */
final class DeliverySettlement implements Settlement {

	private final Delivery delivery;

	private final Settler settler;

	DeliverySettlement(Delivery delivery, Settler settler) {
		this.delivery = delivery;
		this.settler = settler;
	}

	@Override
	public CompletableFuture<Void> complete() {
		return settle(Dispositions.COMPLETE);
	}

	@Override
	public CompletableFuture<Void> abandon(Map<String, Object> propertiesToModify) {
		return settle(new Disposition.Abandon(propertiesToModify));
	}

	@Override
	public CompletableFuture<Void> deadLetter(String reason, String description,
			Map<String, Object> propertiesToModify) {
		return settle(Disposition.DeadLetter.ofAnyText(reason, description, propertiesToModify));
	}

	@Override
	public CompletableFuture<Void> defer(Map<String, Object> propertiesToModify) {
		return settle(new Disposition.Defer(propertiesToModify));
	}

	@Override
	public boolean isSettled() {
		Enlistment enlistment = this.delivery.enlistment();
		return !this.delivery.phase().isOpen() || (enlistment != null && enlistment.disposition() != null);
	}

	/**
	 * A copy, so that a listener that cancels its future does not disturb the container.
	 */
	private CompletableFuture<Void> settle(Disposition disposition) {
		return this.settler.settleForListener(this.delivery, disposition).copy();
	}

}
