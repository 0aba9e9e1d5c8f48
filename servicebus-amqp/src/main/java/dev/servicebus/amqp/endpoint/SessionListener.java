package dev.servicebus.amqp.endpoint;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.ErrorCondition;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to a session, on the connection's loop.
 */
public interface SessionListener {

	/**
	 * The peer wants to attach a link. It waits until {@code link} is accepted or
	 * refused, which may happen after this call.
	 */
	default void onAttach(IncomingLink link) {
		link.refuse(AmqpError.of(ErrorCondition.NOT_ALLOWED, "This side takes no links."));
	}

	/**
	 * The session is over, whoever ended it. Called exactly once, after every link of it
	 * has been told.
	 * @param session the session
	 * @param error why, if anybody said so
	 */
	default void onEnded(AmqpSession session, @Nullable AmqpError error) {
	}

}
