package dev.servicebus.listener.container;

import java.util.Objects;

import dev.servicebus.client.SubQueue;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;

/**
 * What a container is to do. Immutable.
 *
 * @param id names the listener in logs, metrics and the registry
 * @param target what it listens to
 * @param listener handles the messages
 * @param errorHandler decides about messages that could not be handled
 * @param options how the container works
 */
public record ListenerDefinition(String id, ListenerTarget target, MessageListener listener, ErrorHandler errorHandler,
		ListenerOptions options) {

	public ListenerDefinition {
		Objects.requireNonNull(target, "target");
		Objects.requireNonNull(listener, "listener");
		Objects.requireNonNull(errorHandler, "errorHandler");
		Objects.requireNonNull(options, "options");
		if (id.isBlank()) {
			throw new IllegalArgumentException("the id of a listener must not be blank");
		}
		if (options.sessions().enabled() && target.subQueue() != SubQueue.NONE) {
			throw new IllegalArgumentException(
					"a listener of '" + target + "' cannot take sessions: sub-queues have none");
		}
	}

}
