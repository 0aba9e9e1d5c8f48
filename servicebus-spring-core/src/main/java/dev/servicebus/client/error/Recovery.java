package dev.servicebus.client.error;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.endpoint.AmqpLink.LinkEnd;
import dev.servicebus.amqp.endpoint.ConnectionListener.CloseReason;
import dev.servicebus.amqp.transport.ConnectFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What has to be made anew after a failure before the work can go on.
 */
public enum Recovery {

	/** Nothing: the operation alone is repeated. */
	NONE,

	/** The link. */
	LINK,

	/** The AMQP session and its links. */
	SESSION,

	/** The connection and everything on it. */
	CONNECTION,

	/** First the token, then the link. */
	AUTHORIZATION,

	/** Nothing of ours: the entity is missing, disabled or full, so try again slowly. */
	ENTITY,

	/** Nothing helps: the request itself is at fault. */
	FATAL;

	/**
	 * What the end of a link calls for. An end that nobody asked for calls for a new link
	 * even where it names no reason, or one that is not known.
	 */
	public static Recovery of(LinkEnd end) {
		if (end.cause() == LinkEnd.Cause.PARENT) {
			return SESSION;
		}
		Recovery recovery = of(end.error());
		return switch (recovery) {
			case AUTHORIZATION, ENTITY, FATAL -> recovery;
			default -> LINK;
		};
	}

	/**
	 * What the end of a connection calls for: a new one, unless the credential or the way
	 * in which it was opened has to change first.
	 */
	public static Recovery of(CloseReason reason) {
		if (reason.kind() == CloseReason.Kind.AUTHENTICATION) {
			return AUTHORIZATION;
		}
		if (reason.cause() instanceof ConnectFailedException failure && failure.isPermanent()) {
			return FATAL;
		}
		if (reason.kind() != CloseReason.Kind.REMOTE) {
			return CONNECTION;
		}
		Recovery recovery = of(reason.error());
		return (recovery == AUTHORIZATION || recovery == FATAL) ? recovery : CONNECTION;
	}

	private static Recovery of(@Nullable AmqpError error) {
		ErrorKind kind = (error != null) ? ErrorKinds.of(error.condition()) : null;
		return (kind != null) ? kind.recovery() : NONE;
	}

}
