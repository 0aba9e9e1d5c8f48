package dev.servicebus.listener.container;

import java.time.OffsetDateTime;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.Waiting;
import dev.servicebus.listener.MessageLock;

/**
 * The lock of a message as its listener sees it. Made only for listeners that ask, and
 * anew for each attempt.
 */
final class DeliveryLock implements MessageLock {

	/** An action that is taken out here runs, so each of them runs once. */
	private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();

	private final Delivery delivery;

	private final Settler settler;

	DeliveryLock(Delivery delivery, Settler settler) {
		this.delivery = delivery;
		this.settler = settler;
	}

	@Override
	public OffsetDateTime lockedUntil() {
		return this.delivery.lane().lockedUntil(this.delivery.message());
	}

	@Override
	public boolean isLost() {
		return this.delivery.isLockLost();
	}

	@Override
	public void onLost(Runnable action) {
		this.actions.add(action);
		if (isLost()) {
			lost();
		}
	}

	/**
	 * The lock is lost. Does not block.
	 */
	void lost() {
		for (Runnable next = this.actions.poll(); next != null; next = this.actions.poll()) {
			this.settler.runAside(next);
		}
	}

	@Override
	public OffsetDateTime renew() {
		return Waiting.await(renewAsync(), ErrorContext.of("renew-lock", null), DeliverySettler.LONGEST_WAIT);
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewAsync() {
		return this.delivery.phase().isOpen() ? this.delivery.lane().renewLock(this.delivery.message()).copy()
				: CompletableFuture.failedFuture(this.settler.refusal(this.delivery));
	}

}
