package dev.servicebus.emulator.amqp.fault;

import java.util.Locale;
import java.util.concurrent.Executor;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.OutgoingDelivery;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FaultPoint;
import org.jspecify.annotations.Nullable;

/**
 * Settlements by a client that may get lost, fail, or be answered late or never.
 */
final class FaultySettlements implements SenderLink.Listener {

	private final SenderLink.Listener broker;

	private final String entity;

	private final ConnectionFaults faults;

	FaultySettlements(SenderLink.Listener broker, String entity, ConnectionFaults faults) {
		this.broker = broker;
		this.entity = entity;
		this.faults = faults;
	}

	@Override
	public void onOpened(SenderLink link) {
		this.broker.onOpened(link);
	}

	@Override
	public void onCredit(SenderLink link) {
		this.broker.onCredit(link);
	}

	@Override
	public void onDisposition(SenderLink link, OutgoingDelivery delivery, @Nullable DeliveryState state,
			boolean settled) {
		if (this.faults.isQuiet() || state == null) {
			this.broker.onDisposition(link, delivery, state, settled);
			return;
		}
		String outcome = state.getClass().getSimpleName().toLowerCase(Locale.ROOT);
		this.faults.pass(FaultPoint.SETTLE, this.entity, outcome, new Passage() {
			@Override
			public void goOn(Executor answers) {
				FaultySettlements.this.broker.onDisposition(link, new AnsweredDelivery(delivery, answers), state,
						settled);
			}

			@Override
			public void refuse(FaultError error) {
				delivery.settle(new DeliveryState.Rejected(ConnectionFaults.toAmqp(error)));
			}

			@Override
			public void detach(FaultError error) {
				link.close(ConnectionFaults.toAmqp(error));
			}
		});
	}

	@Override
	public void onClosed(AmqpLink link, AmqpLink.LinkEnd end) {
		this.broker.onClosed(link, end);
	}

	/**
	 * A delivery whose settlement is confirmed in another way.
	 */
	private record AnsweredDelivery(OutgoingDelivery delivery, Executor answers) implements OutgoingDelivery {

		@Override
		public byte[] tag() {
			return this.delivery.tag();
		}

		@Override
		public @Nullable Object context() {
			return this.delivery.context();
		}

		@Override
		public void settle(DeliveryState state) {
			this.answers.execute(() -> this.delivery.settle(state));
		}

	}

}
