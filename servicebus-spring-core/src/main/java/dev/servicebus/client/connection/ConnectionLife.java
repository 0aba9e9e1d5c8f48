package dev.servicebus.client.connection;

import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * One life of the connection with what belongs to it alone. It is replaced as a whole
 * when the connection is rebuilt; nothing of it is carried over.
 */
public final class ConnectionLife {

	private final AmqpConnection connection;

	private final Claims claims;

	private final int linksPerSession;

	private @Nullable AmqpSession shared;

	private int linksOnShared;

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
	 * Returns a session with room for one more link.
	 */
	AmqpSession sessionForLink() {
		if (this.shared == null || !this.shared.isOpen() || this.linksOnShared >= this.linksPerSession) {
			this.shared = this.connection.beginSession(new SessionListener() {
			});
			this.linksOnShared = 0;
		}
		this.linksOnShared++;
		return this.shared;
	}

	boolean isOpen() {
		return this.connection.isOpen();
	}

	void end() {
		this.claims.close();
	}

}
