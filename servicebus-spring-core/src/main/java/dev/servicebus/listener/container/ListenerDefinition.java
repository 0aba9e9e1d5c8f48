package dev.servicebus.listener.container;

import java.util.List;
import java.util.Objects;

import dev.servicebus.client.SubQueue;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerInterceptor;
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
 * @param interceptors stand around this listener, inside of those of all containers
 */
public record ListenerDefinition(String id, ListenerTarget target, MessageListener listener, ErrorHandler errorHandler,
		ListenerOptions options, List<ListenerInterceptor> interceptors) {

	public ListenerDefinition {
		Objects.requireNonNull(target, "target");
		Objects.requireNonNull(listener, "listener");
		Objects.requireNonNull(errorHandler, "errorHandler");
		Objects.requireNonNull(options, "options");
		interceptors = List.copyOf(interceptors);
		if (id.isBlank()) {
			throw new IllegalArgumentException("the id of a listener must not be blank");
		}
		if (options.sessions().enabled() && target.subQueue() != SubQueue.NONE) {
			throw new IllegalArgumentException(
					"a listener of '" + target + "' cannot take sessions: sub-queues have none");
		}
	}

	/**
	 * For how many messages, or sessions, a call of the listener lets the container ask.
	 */
	int demandPerCall() {
		return this.options.sessions().enabled() ? 1 : messagesPerCall();
	}

	/**
	 * How many messages a call of the listener takes, at most.
	 */
	int messagesPerCall() {
		return takesBatches() ? this.options.batch().size() : 1;
	}

	boolean takesBatches() {
		return this.listener instanceof BatchMessageListener;
	}

	/**
	 * Without interceptors of its own.
	 */
	public ListenerDefinition(String id, ListenerTarget target, MessageListener listener, ErrorHandler errorHandler,
			ListenerOptions options) {
		this(id, target, listener, errorHandler, options, List.of());
	}

}
