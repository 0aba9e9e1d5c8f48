package dev.servicebus.amqp.engine;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.Role;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.amqp.endpoint.SenderLink;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Sender;
import org.jspecify.annotations.Nullable;

/**
 * A link the peer has asked for, until it is answered; after a refusal, until the peer
 * has detached, too.
 */
final class ProtonIncomingLink implements IncomingLink, ProtonSession.Child, EventRouter.DetachTarget {

	private enum State {

		WAITING, ACCEPTED, REFUSED, ABANDONED

	}

	private final ProtonSession session;

	private final Link link;

	private final Attach attach;

	private State state = State.WAITING;

	private @Nullable Runnable abandoned;

	ProtonIncomingLink(ProtonSession session, Link link) {
		this.session = session;
		this.link = link;
		this.attach = ProtonTermini.remote(link);
		link.setContext(this);
	}

	@Override
	public AmqpSession session() {
		return this.session;
	}

	@Override
	public Role role() {
		return (this.link instanceof Sender) ? Role.SENDER : Role.RECEIVER;
	}

	@Override
	public Attach attach() {
		return this.attach;
	}

	@Override
	public SenderLink acceptSender(Attach answer, SenderLink.Listener listener) {
		requireWaiting(Role.SENDER);
		ProtonSenderLink accepted = new ProtonSenderLink(this.session, (Sender) this.link, listener);
		replaceBy(accepted, answer);
		return accepted;
	}

	@Override
	public ReceiverLink acceptReceiver(Attach answer, ReceiverLink.Listener listener) {
		requireWaiting(Role.RECEIVER);
		ProtonReceiverLink accepted = new ProtonReceiverLink(this.session, (Receiver) this.link,
				answer.maxMessageSize(), listener);
		replaceBy(accepted, answer);
		return accepted;
	}

	private void replaceBy(ProtonLink accepted, Attach answer) {
		this.state = State.ACCEPTED;
		this.session.forget(this);
		this.session.add(accepted);
		accepted.acceptAttach(answer);
	}

	@Override
	public void refuse(AmqpError error) {
		requireWaiting(role());
		this.state = State.REFUSED;
		ProtonTermini.echoSettleModes(this.link);
		this.link.setCondition(ProtonStates.toProton(error));
		this.link.open();
		this.link.close();
		this.session.touched();
	}

	@Override
	public void onAbandoned(Runnable task) {
		this.abandoned = task;
	}

	@Override
	public void onRemoteDetach() {
		this.session.forget(this);
		if (this.state == State.WAITING) {
			this.link.open();
			this.link.close();
			abandon();
		}
		this.link.free();
		this.session.touched();
	}

	@Override
	public void parentEnded(@Nullable AmqpError error) {
		if (this.state == State.WAITING) {
			abandon();
		}
	}

	private void abandon() {
		this.state = State.ABANDONED;
		if (this.abandoned != null) {
			this.abandoned.run();
		}
	}

	private void requireWaiting(Role expected) {
		if (this.state != State.WAITING) {
			throw new IllegalStateException("The link " + this.attach.name() + " is " + this.state);
		}
		if (role() != expected) {
			throw new IllegalStateException("The role on link " + this.attach.name() + " is " + role());
		}
	}

}
