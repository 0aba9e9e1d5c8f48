package dev.servicebus.emulator.amqp.fault;

import java.util.concurrent.Executor;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FaultPoint;
import org.jspecify.annotations.Nullable;

/**
 * Messages from a client that may get lost, fail, or be answered late or never.
 */
final class FaultyReceiver implements ReceiverLink.Listener {

	private final ReceiverLink.Listener broker;

	private final String entity;

	private final ConnectionFaults faults;

	FaultyReceiver(ReceiverLink.Listener broker, String entity, ConnectionFaults faults) {
		this.broker = broker;
		this.entity = entity;
		this.faults = faults;
	}

	@Override
	public void onOpened(ReceiverLink link) {
		this.broker.onOpened(link);
	}

	@Override
	public void onDelivery(ReceiverLink link, IncomingDelivery delivery) {
		if (this.faults.isQuiet()) {
			this.broker.onDelivery(link, delivery);
		}
		else {
			this.faults.pass(FaultPoint.SEND, this.entity, "", new Arrival(link, delivery));
		}
	}

	@Override
	public void onTooLarge(ReceiverLink link, IncomingDelivery delivery) {
		this.broker.onTooLarge(link, delivery);
	}

	@Override
	public void onDisposition(ReceiverLink link, IncomingDelivery delivery, @Nullable DeliveryState state,
			boolean settled) {
		this.broker.onDisposition(link, delivery, state, settled);
	}

	@Override
	public void onDrained(ReceiverLink link) {
		this.broker.onDrained(link);
	}

	@Override
	public void onClosed(AmqpLink link, AmqpLink.LinkEnd end) {
		this.broker.onClosed(link, end);
	}

	private final class Arrival implements Passage {

		private final ReceiverLink link;

		private final IncomingDelivery delivery;

		Arrival(ReceiverLink link, IncomingDelivery delivery) {
			this.link = link;
			this.delivery = delivery;
		}

		@Override
		public void goOn(Executor answers) {
			FaultyReceiver.this.broker.onDelivery(this.link, new AnsweredDelivery(this.delivery, answers));
		}

		@Override
		public void refuse(FaultError error) {
			this.delivery.settle(new DeliveryState.Rejected(ConnectionFaults.toAmqp(error)));
			this.link.addCredit(1);
		}

		@Override
		public void detach(FaultError error) {
			this.link.close(ConnectionFaults.toAmqp(error));
		}

	}

	/**
	 * A message whose outcome goes out in another way.
	 */
	private record AnsweredDelivery(IncomingDelivery delivery, Executor answers) implements IncomingDelivery {

		@Override
		public byte[] tag() {
			return this.delivery.tag();
		}

		@Override
		public int messageFormat() {
			return this.delivery.messageFormat();
		}

		@Override
		public byte[] payload() {
			return this.delivery.payload();
		}

		@Override
		public @Nullable DeliveryState initialState() {
			return this.delivery.initialState();
		}

		@Override
		public boolean isRemotelySettled() {
			return this.delivery.isRemotelySettled();
		}

		@Override
		public @Nullable Object context() {
			return this.delivery.context();
		}

		@Override
		public void setContext(@Nullable Object context) {
			this.delivery.setContext(context);
		}

		@Override
		public void propose(DeliveryState state) {
			this.answers.execute(() -> this.delivery.propose(state));
		}

		@Override
		public void settle(DeliveryState state) {
			this.answers.execute(() -> this.delivery.settle(state));
		}

	}

}
