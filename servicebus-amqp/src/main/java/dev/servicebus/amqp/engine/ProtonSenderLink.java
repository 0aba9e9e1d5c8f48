package dev.servicebus.amqp.engine;

import java.nio.ByteBuffer;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.OutgoingDelivery;
import dev.servicebus.amqp.endpoint.SenderLink;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.engine.impl.ProtonAccess;
import org.jspecify.annotations.Nullable;

/**
 * A sending link on the engine.
 */
final class ProtonSenderLink extends ProtonLink implements SenderLink {

	private final Sender sender;

	private final SenderLink.Listener listener;

	private boolean draining;

	ProtonSenderLink(ProtonSession session, Sender sender, SenderLink.Listener listener) {
		super(session, sender);
		this.sender = sender;
		this.listener = listener;
	}

	@Override
	public int credit() {
		return isOpen() ? Math.max(0, this.sender.getCredit()) : 0;
	}

	@Override
	public boolean isDraining() {
		return this.draining;
	}

	@Override
	public void drained() {
		if (!this.draining) {
			return;
		}
		this.draining = false;
		if (this.sender.getCredit() > 0) {
			this.sender.drained();
		}
		else {
			ProtonAccess.answerDrainWithoutCredit(this.sender);
		}
		touched();
	}

	@Override
	public OutgoingDelivery send(byte[] tag, int messageFormat, byte[] payload, int offset, int length, boolean settled,
			@Nullable DeliveryState state, @Nullable Object context) {
		if (credit() == 0) {
			throw new IllegalStateException("Link " + name() + (isOpen() ? " has no credit" : " is not open"));
		}
		Delivery delivery = this.sender.delivery(tag);
		ProtonOutgoingDelivery outgoing = new ProtonOutgoingDelivery(this, delivery, context);
		delivery.setContext(outgoing);
		delivery.setMessageFormat(messageFormat);
		if (state != null) {
			delivery.disposition(ProtonStates.toProton(state));
		}
		this.sender.sendNoCopy(new ReadableBuffer.ByteBufferReader(ByteBuffer.wrap(payload, offset, length)));
		this.sender.advance();
		if (settled) {
			delivery.settle();
		}
		touched();
		return outgoing;
	}

	@Override
	boolean isAccepted(Link answered) {
		return answered.getRemoteTarget() != null;
	}

	@Override
	void opened() {
		this.listener.onOpened(this);
	}

	@Override
	void closed(LinkEnd end) {
		this.listener.onClosed(this, end);
	}

	@Override
	void onFlow() {
		this.draining = this.sender.getDrain();
		if (isOpen()) {
			this.listener.onCredit(this);
		}
	}

	@Override
	void onDelivery(Delivery delivery) {
		if (!isAlive() || !delivery.isUpdated()
				|| !(delivery.getContext() instanceof ProtonOutgoingDelivery outgoing)) {
			return;
		}
		boolean settled = delivery.remotelySettled();
		DeliveryState state = ProtonStates.fromProton(delivery.getRemoteState());
		delivery.clear();
		if (settled) {
			delivery.settle();
		}
		this.listener.onDisposition(this, outgoing, state, settled);
	}

	/**
	 * A message on its way to the peer.
	 */
	private record ProtonOutgoingDelivery(ProtonSenderLink link, Delivery delivery,
			@Nullable Object context) implements OutgoingDelivery {

		@Override
		public byte[] tag() {
			return this.delivery.getTag();
		}

		@Override
		public void settle(DeliveryState state) {
			if (this.delivery.isSettled() || !this.link.isAlive()) {
				return;
			}
			this.delivery.disposition(ProtonStates.toProton(state));
			this.delivery.settle();
			this.link.touched();
		}

	}

}
