package dev.servicebus.amqp.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.ErrorCondition;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.ConnectionListener;
import dev.servicebus.amqp.endpoint.SessionListener;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.Session;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a connection, begun by either side, within the limits of both.
 */
final class ConnectionSessions {

	private final ProtonConnection owner;

	private final Connection connection;

	private final EngineTransport transport;

	private final ConnectionOptions options;

	private final Set<ProtonSession> sessions = new LinkedHashSet<>();

	/**
	 * Begins without any.
	 * @param owner whose sessions they are
	 * @param connection the same on the engine
	 */
	ConnectionSessions(ProtonConnection owner, Connection connection, EngineTransport transport,
			ConnectionOptions options) {
		this.owner = owner;
		this.connection = connection;
		this.transport = transport;
		this.options = options;
	}

	/**
	 * Begins a session.
	 */
	AmqpSession begin(SessionListener listener) {
		ProtonSession session = create();
		if (this.sessions.size() >= limit()) {
			session.stillborn(listener, AmqpError.of(ErrorCondition.RESOURCE_LIMIT_EXCEEDED,
					"The connection has no room for more than " + limit() + " sessions."));
		}
		else {
			this.sessions.add(session);
			session.begin(listener);
			this.owner.touched();
		}
		return session;
	}

	/**
	 * Makes a session that ends before it has begun.
	 */
	AmqpSession stillborn(SessionListener listener, @Nullable AmqpError error) {
		ProtonSession session = create();
		session.stillborn(listener, error);
		return session;
	}

	private ProtonSession create() {
		return new ProtonSession(this.owner, this.connection.session(), this.options);
	}

	private int limit() {
		return Math.min(this.options.maxSessions(), this.transport.getRemoteChannelMax() + 1);
	}

	/**
	 * The peer has begun a session, or answered one of ours.
	 */
	void onRemoteBegin(Session session, ConnectionListener listener) {
		if (session.getContext() != null) {
			return;
		}
		ProtonSession incoming = new ProtonSession(this.owner, session, this.options);
		if (this.sessions.size() >= this.options.maxSessions()) {
			incoming.refuse(AmqpError.of(ErrorCondition.RESOURCE_LIMIT_EXCEEDED,
					"No more than " + this.options.maxSessions() + " sessions are allowed on a connection."));
			return;
		}
		this.sessions.add(incoming);
		incoming.begin(listener.onSessionBegun(incoming));
	}

	void forget(ProtonSession session) {
		this.sessions.remove(session);
	}

	/**
	 * The connection is gone, and all sessions with it.
	 */
	void end(@Nullable AmqpError error) {
		for (ProtonSession session : new ArrayList<>(this.sessions)) {
			session.parentEnded(error);
		}
		this.sessions.clear();
	}

}
