package dev.servicebus.emulator.amqp.fault;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.OutgoingDelivery;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FaultPoint;
import org.jspecify.annotations.Nullable;

/**
 * A link whose messages may get lost on their way to the client, or come late.
 */
final class FaultySender implements SenderLink {

	private final SenderLink link;

	private final String entity;

	private final ConnectionFaults faults;

	FaultySender(SenderLink link, String entity, ConnectionFaults faults) {
		this.link = link;
		this.entity = entity;
		this.faults = faults;
	}

	@Override
	public OutgoingDelivery send(byte[] tag, int messageFormat, byte[] payload, int offset, int length, boolean settled,
			@Nullable DeliveryState state, @Nullable Object context) {
		if (this.faults.isQuiet()) {
			return this.link.send(tag, messageFormat, payload, offset, length, settled, state, context);
		}
		Departure departure = new Departure(
				() -> this.link.send(tag, messageFormat, payload, offset, length, settled, state, context));
		this.faults.pass(FaultPoint.DELIVER, this.entity, "", departure);
		return (departure.sent != null) ? departure.sent : new LostDelivery(tag, context);
	}

	@Override
	public int credit() {
		return this.link.credit();
	}

	@Override
	public boolean isDraining() {
		return this.link.isDraining();
	}

	@Override
	public void drained() {
		this.link.drained();
	}

	@Override
	public AmqpSession session() {
		return this.link.session();
	}

	@Override
	public String name() {
		return this.link.name();
	}

	@Override
	public Attach peer() {
		return this.link.peer();
	}

	@Override
	public boolean isOpen() {
		return this.link.isOpen();
	}

	@Override
	public void close(@Nullable AmqpError error) {
		this.link.close(error);
	}

	@Override
	public void forget() {
		this.link.forget();
	}

	private final class Departure implements Passage {

		private final Supplier<OutgoingDelivery> sending;

		private @Nullable OutgoingDelivery sent;

		Departure(Supplier<OutgoingDelivery> sending) {
			this.sending = sending;
		}

		@Override
		public void goOn(Executor answers) {
			answers.execute(() -> {
				if (isOpen() && credit() > 0) {
					this.sent = this.sending.get();
				}
			});
		}

		@Override
		public void refuse(FaultError error) {
			close(ConnectionFaults.toAmqp(error));
		}

		@Override
		public void detach(FaultError error) {
			refuse(error);
		}

	}

	/**
	 * A message that was not sent.
	 */
	private record LostDelivery(byte[] tag, @Nullable Object context) implements OutgoingDelivery {

		@Override
		public void settle(DeliveryState state) {
		}

	}

}
