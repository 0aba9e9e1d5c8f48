package dev.servicebus.amqp.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.ErrorCondition;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.amqp.endpoint.SessionListener;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Session;
import org.jspecify.annotations.Nullable;

/**
 * A session on the engine, begun by either side.
 */
final class ProtonSession implements AmqpSession {

	/**
	 * How many frames may be on their way. Arriving frames are taken out of the engine at
	 * once, so the window bounds a hostile peer, not a fast one.
	 */
	private static final int WINDOW_FRAMES = 2048;

	private final ProtonConnection connection;

	private final Session session;

	private final ConnectionOptions options;

	private final Set<Child> children = new LinkedHashSet<>();

	private SessionListener listener = new SessionListener() {
	};

	private boolean open;

	private boolean ended;

	ProtonSession(ProtonConnection connection, Session session, ConnectionOptions options) {
		this.connection = connection;
		this.session = session;
		this.options = options;
		session.setContext(this);
		session.setIncomingCapacity((int) Math.min(Integer.MAX_VALUE, (long) WINDOW_FRAMES * options.maxFrameSize()));
	}

	void begin(SessionListener newListener) {
		this.listener = newListener;
		this.open = true;
		this.session.open();
	}

	/**
	 * There is no room for the session, or no connection any more: it ends right after
	 * this call.
	 */
	void stillborn(SessionListener newListener, @Nullable AmqpError error) {
		this.listener = newListener;
		this.session.free();
		this.connection.loop().execute(() -> finish(error));
	}

	void refuse(AmqpError error) {
		this.session.open();
		this.session.setCondition(ProtonStates.toProton(error));
		this.session.close();
	}

	@Override
	public AmqpConnection connection() {
		return this.connection;
	}

	@Override
	public SenderLink attachSender(Attach attach, SenderLink.Listener linkListener) {
		ProtonSenderLink link = new ProtonSenderLink(this, this.session.sender(attach.name()), linkListener);
		attach(link, attach);
		return link;
	}

	@Override
	public ReceiverLink attachReceiver(Attach attach, ReceiverLink.Listener linkListener) {
		ProtonReceiverLink link = new ProtonReceiverLink(this, this.session.receiver(attach.name()),
				attach.maxMessageSize(), linkListener);
		attach(link, attach);
		return link;
	}

	private void attach(ProtonLink link, Attach attach) {
		this.children.add(link);
		if (this.open) {
			link.attach(attach);
			touched();
		}
		else {
			this.connection.loop().execute(() -> link.parentEnded(null));
		}
	}

	void onIncomingLink(Link link) {
		ProtonIncomingLink incoming = new ProtonIncomingLink(this, link);
		this.children.add(incoming);
		if (this.children.size() > this.options.maxLinksPerSession()) {
			incoming.refuse(AmqpError.of(ErrorCondition.RESOURCE_LIMIT_EXCEEDED,
					"No more than " + this.options.maxLinksPerSession() + " links are allowed on a session."));
			return;
		}
		this.listener.onAttach(incoming);
	}

	void add(Child child) {
		this.children.add(child);
	}

	void forget(Child child) {
		this.children.remove(child);
	}

	@Override
	public int links() {
		return this.children.size();
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public void end(@Nullable AmqpError error) {
		if (!this.open) {
			return;
		}
		this.open = false;
		if (error != null) {
			this.session.setCondition(ProtonStates.toProton(error));
		}
		this.session.close();
		endChildren(error);
		touched();
	}

	@Override
	public void closeWindow() {
		if (this.open) {
			// Less than a frame, for 0 would be without limit.
			this.session.setIncomingCapacity(1);
			this.connection.tellState(this.session);
		}
	}

	/**
	 * The peer has ended the session, or answered our end.
	 */
	void onRemoteEnd() {
		AmqpError error = ProtonStates.fromProton(this.session.getRemoteCondition());
		if (this.session.getLocalState() != EndpointState.CLOSED) {
			this.session.close();
		}
		finish(error);
		this.connection.forget(this);
		this.session.free();
		touched();
	}

	/**
	 * The connection is over.
	 */
	void parentEnded(@Nullable AmqpError error) {
		finish(error);
	}

	private void finish(@Nullable AmqpError error) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		this.open = false;
		endChildren(error);
		this.listener.onEnded(this, error);
	}

	private void endChildren(@Nullable AmqpError error) {
		for (Child child : new ArrayList<>(this.children)) {
			child.parentEnded(error);
		}
		this.children.clear();
	}

	void touched() {
		this.connection.touched();
	}

	void encode() {
		this.connection.encode();
	}

	void requestEcho(Link link) {
		this.connection.requestEcho(link);
	}

	/**
	 * A link, or a request for one.
	 */
	interface Child {

		/**
		 * The session or connection is over.
		 */
		void parentEnded(@Nullable AmqpError error);

	}

}
