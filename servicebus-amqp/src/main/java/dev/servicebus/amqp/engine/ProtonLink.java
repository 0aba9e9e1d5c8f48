package dev.servicebus.amqp.engine;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.endpoint.AmqpLink.LinkEnd;
import dev.servicebus.amqp.endpoint.AmqpSession;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.impl.ProtonAccess;
import org.jspecify.annotations.Nullable;

/**
 * The life of a link, the same for both directions: attaching, open, closing, closed.
 */
abstract class ProtonLink implements ProtonSession.Child, EventRouter.DetachTarget {

	private enum State {

		ATTACHING, OPEN, CLOSING, CLOSED

	}

	private final ProtonSession session;

	private final Link link;

	private State state = State.ATTACHING;

	private boolean forgotten;

	private @Nullable Attach peer;

	ProtonLink(ProtonSession session, Link link) {
		this.session = session;
		this.link = link;
		link.setContext(this);
	}

	/**
	 * Attaches from this side; the peer answers later.
	 */
	void attach(Attach attach) {
		ProtonTermini.apply(attach, this.link);
		this.link.open();
	}

	/**
	 * Answers a peer that has attached.
	 */
	void acceptAttach(Attach answer) {
		ProtonTermini.apply(answer, this.link);
		ProtonTermini.echoSettleModes(this.link);
		this.link.open();
		this.peer = ProtonTermini.remote(this.link);
		this.state = State.OPEN;
		touched();
	}

	/**
	 * The peer has answered our attach. An answer without the decisive terminus announces
	 * a refusal: the detach with the reason follows.
	 */
	void onRemoteAttach() {
		if (this.state == State.ATTACHING && isAccepted(this.link)) {
			this.peer = ProtonTermini.remote(this.link);
			this.state = State.OPEN;
			opened();
		}
	}

	@Override
	public void onRemoteDetach() {
		if (this.forgotten) {
			closeLocally();
			free();
		}
		if (this.state == State.CLOSED) {
			return;
		}
		AmqpError error = ProtonStates.fromProton(this.link.getRemoteCondition());
		LinkEnd.Cause cause = switch (this.state) {
			case ATTACHING -> LinkEnd.Cause.REFUSED;
			case CLOSING -> LinkEnd.Cause.LOCAL;
			default -> LinkEnd.Cause.REMOTE;
		};
		closeLocally();
		finish(new LinkEnd(cause, error));
		free();
	}

	private void closeLocally() {
		if (this.link.getLocalState() != EndpointState.CLOSED) {
			this.link.close();
		}
	}

	private void free() {
		this.session.forget(this);
		ProtonAccess.withdrawProposals(this.link);
		this.link.free();
		touched();
	}

	@Override
	public void parentEnded(@Nullable AmqpError error) {
		if (this.state != State.CLOSED) {
			finish(new LinkEnd((this.state == State.CLOSING) ? LinkEnd.Cause.LOCAL : LinkEnd.Cause.PARENT, error));
		}
	}

	public void close(@Nullable AmqpError error) {
		if (this.state == State.CLOSED || this.state == State.CLOSING) {
			return;
		}
		this.state = State.CLOSING;
		if (error != null) {
			this.link.setCondition(ProtonStates.toProton(error));
		}
		this.link.close();
		this.session.encode();
		touched();
	}

	public void forget() {
		if (this.state != State.CLOSED) {
			this.forgotten = true;
			finish(new LinkEnd(LinkEnd.Cause.LOCAL, null));
		}
	}

	private void finish(LinkEnd end) {
		this.state = State.CLOSED;
		closed(end);
	}

	public AmqpSession session() {
		return this.session;
	}

	public String name() {
		return this.link.getName();
	}

	public Attach peer() {
		if (this.peer == null) {
			throw new IllegalStateException("The peer has not attached link " + name());
		}
		return this.peer;
	}

	public boolean isOpen() {
		return this.state == State.OPEN;
	}

	/**
	 * Returns whether what concerns deliveries may still be told to the peer.
	 */
	boolean isAlive() {
		return this.state != State.CLOSED;
	}

	void touched() {
		this.session.touched();
	}

	void requestEcho() {
		this.session.requestEcho(this.link);
	}

	/**
	 * Returns whether the peer's answer accepts the link.
	 */
	abstract boolean isAccepted(Link answered);

	/**
	 * Tells the listener that the peer has attached.
	 */
	abstract void opened();

	/**
	 * Tells the listener that the link is over.
	 */
	abstract void closed(LinkEnd end);

	/**
	 * The peer has sent a flow.
	 */
	abstract void onFlow();

	/**
	 * Something happened to a delivery.
	 */
	abstract void onDelivery(Delivery delivery);

}
