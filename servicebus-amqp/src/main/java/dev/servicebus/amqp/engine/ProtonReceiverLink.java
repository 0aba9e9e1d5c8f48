package dev.servicebus.amqp.engine;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.ErrorCondition;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.impl.ProtonAccess;

/**
 * A receiving link on the engine.
 */
final class ProtonReceiverLink extends ProtonLink implements ReceiverLink {

	private final Receiver receiver;

	private final long maxMessageSize;

	private final ReceiverLink.Listener listener;

	private boolean draining;

	ProtonReceiverLink(ProtonSession session, Receiver receiver, long maxMessageSize, ReceiverLink.Listener listener) {
		super(session, receiver);
		this.receiver = receiver;
		this.maxMessageSize = (maxMessageSize > 0) ? maxMessageSize : Integer.MAX_VALUE - 8;
		this.listener = listener;
		if (receiver.getRemoteSource() != null || receiver.getRemoteTarget() != null) {
			ProtonAccess.ensureDeliveryCount(receiver);
		}
	}

	@Override
	public void addCredit(int messages) {
		if (messages <= 0) {
			throw new IllegalArgumentException("credit must be positive but is " + messages);
		}
		if (isAlive()) {
			this.receiver.flow(messages);
			touched();
		}
	}

	@Override
	public int credit() {
		return Math.max(0, this.receiver.getRemoteCredit());
	}

	@Override
	public void drain() {
		this.draining = true;
		if (credit() == 0) {
			session().connection().execute(this::reportDrained);
			return;
		}
		this.receiver.drain(0);
		touched();
	}

	@Override
	public void echo() {
		if (isOpen() && !this.draining) {
			requestEcho();
		}
	}

	private void reportDrained() {
		if (this.draining && isAlive() && credit() == 0) {
			this.draining = false;
			this.listener.onDrained(this);
		}
	}

	@Override
	boolean isAccepted(Link answered) {
		return answered.getRemoteSource() != null;
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
		if (isOpen()) {
			this.listener.onFlow(this);
		}
		reportDrained();
	}

	@Override
	void onDelivery(Delivery delivery) {
		if (delivery.getContext() instanceof ProtonIncomingDelivery known && known.isComplete()) {
			onUpdate(delivery, known);
		}
		else {
			onTransfer(delivery);
		}
	}

	private void onUpdate(Delivery delivery, ProtonIncomingDelivery known) {
		if (!delivery.isUpdated()) {
			return;
		}
		boolean settled = delivery.remotelySettled();
		DeliveryState state = ProtonStates.fromProton(delivery.getRemoteState());
		delivery.clear();
		if (settled) {
			delivery.settle();
		}
		this.listener.onDisposition(this, known, state, settled);
	}

	private void onTransfer(Delivery delivery) {
		if (this.receiver.current() != delivery) {
			return;
		}
		ProtonIncomingDelivery incoming = (ProtonIncomingDelivery) delivery.getContext();
		if (incoming == null) {
			incoming = new ProtonIncomingDelivery(this, delivery, this.maxMessageSize);
			delivery.setContext(incoming);
		}
		incoming.append(this.receiver.recv());
		if (delivery.isAborted()) {
			this.receiver.advance();
			delivery.settle();
		}
		else if (!delivery.isPartial()) {
			this.receiver.advance();
			arrived(delivery, incoming);
		}
	}

	private void arrived(Delivery delivery, ProtonIncomingDelivery incoming) {
		incoming.complete();
		delivery.clear();
		if (this.receiver.getCredit() < 0) {
			close(AmqpError.of(ErrorCondition.TRANSFER_LIMIT_EXCEEDED,
					"More messages were sent than credit was granted for."));
			return;
		}
		if (incoming.isTooLarge()) {
			refuseTooLarge(incoming);
			return;
		}
		if (delivery.remotelySettled()) {
			delivery.settle();
		}
		if (isOpen()) {
			this.listener.onDelivery(this, incoming);
		}
	}

	/**
	 * A message beyond the limit was not kept. Its sender is told; a sender that does not
	 * listen any more loses the link, so that the loss does not go unnoticed.
	 */
	private void refuseTooLarge(ProtonIncomingDelivery incoming) {
		AmqpError error = AmqpError.of(ErrorCondition.MESSAGE_SIZE_EXCEEDED,
				"The received message (size: " + incoming.size() + " bytes) exceeds the limit (" + this.maxMessageSize
						+ " bytes) currently allowed on the link.");
		this.listener.onTooLarge(this, incoming);
		if (incoming.isRemotelySettled()) {
			close(error);
			return;
		}
		incoming.settle(new DeliveryState.Rejected(error));
		this.receiver.flow(1);
		touched();
	}

}
