package dev.servicebus.client.connection;

import java.util.ArrayList;
import java.util.List;

import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.SessionListener;

/**
 * One life of the connection with what belongs to it alone. It is replaced as a whole
 * when the connection is rebuilt; nothing of it is carried over.
 */
public final class ConnectionLife {

	private final AmqpConnection connection;

	private final Claims claims;

	private final int linksPerSession;

	private final List<AmqpSession> sessions = new ArrayList<>();

	ConnectionLife(AmqpConnection connection, Claims claims, int linksPerSession) {
		this.connection = connection;
		this.claims = claims;
		this.linksPerSession = linksPerSession;
	}

	/**
	 * The rights that were claimed on this connection.
	 */
	Claims claims() {
		return this.claims;
	}

	/**
	 * Returns a session with room for one more link: one that is there, if possible, so
	 * that links that come and go do not use the channels up.
	 */
	AmqpSession sessionForLink() {
		this.sessions.removeIf((session) -> !session.isOpen());
		for (AmqpSession session : this.sessions) {
			if (session.links() < this.linksPerSession) {
				return session;
			}
		}
		AmqpSession added = this.connection.beginSession(new SessionListener() {
		});
		this.sessions.add(added);
		return added;
	}

	boolean isOpen() {
		return this.connection.isOpen();
	}

	void end() {
		this.claims.close();
	}

}
