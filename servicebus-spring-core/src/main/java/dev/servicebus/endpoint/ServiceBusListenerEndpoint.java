package dev.servicebus.endpoint;

import java.util.Objects;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageFilter;
import dev.servicebus.listener.MessageListener;

/**
 * A listener that an application declares, on one queue or subscription. Immutable.
 *
 * @param id names the container, unique within its registry
 * @param listenerId names the listener, whose options count for it; the same as
 * {@code id} unless the listener has several endpoints
 * @param target what it listens to
 * @param listener handles the messages
 * @param options what is different from the options of the container factory
 * @param errorHandler decides about messages that could not be handled, {@code null} for
 * the one of the container factory
 * @param filter says which messages the listener gets, {@code null} for all
 * @param executor runs the listener, {@code null} for the one of the container factory;
 * see {@link dev.servicebus.listener.container.ContainerServices#executor()}
 */
public record ServiceBusListenerEndpoint(String id, String listenerId, ListenerTarget target, MessageListener listener,
		ListenerOptionsCustomizer options, @Nullable ErrorHandler errorHandler, @Nullable MessageFilter filter,
		@Nullable Executor executor) {

	public ServiceBusListenerEndpoint {
		Objects.requireNonNull(id, "id");
		Objects.requireNonNull(listenerId, "listenerId");
		Objects.requireNonNull(target, "target");
		Objects.requireNonNull(listener, "listener");
		Objects.requireNonNull(options, "options");
	}

	/**
	 * An endpoint with the options and error handler of its container factory.
	 */
	public static ServiceBusListenerEndpoint of(String id, ListenerTarget target, MessageListener listener) {
		return new ServiceBusListenerEndpoint(id, id, target, listener, ListenerOptionsCustomizer.NONE, null, null,
				null);
	}

	/**
	 * Another endpoint of the same listener. Its id is that of the listener, a hyphen,
	 * and the name of the queue or topic.
	 */
	public ServiceBusListenerEndpoint forTarget(ListenerTarget newTarget) {
		return new ServiceBusListenerEndpoint(this.listenerId + "-" + newTarget.entity(), this.listenerId, newTarget,
				this.listener, this.options, this.errorHandler, this.filter, this.executor);
	}

	public ServiceBusListenerEndpoint withOptions(ListenerOptionsCustomizer newOptions) {
		return new ServiceBusListenerEndpoint(this.id, this.listenerId, this.target, this.listener, newOptions,
				this.errorHandler, this.filter, this.executor);
	}

	public ServiceBusListenerEndpoint withErrorHandler(@Nullable ErrorHandler newErrorHandler) {
		return new ServiceBusListenerEndpoint(this.id, this.listenerId, this.target, this.listener, this.options,
				newErrorHandler, this.filter, this.executor);
	}

	public ServiceBusListenerEndpoint withFilter(@Nullable MessageFilter newFilter) {
		return new ServiceBusListenerEndpoint(this.id, this.listenerId, this.target, this.listener, this.options,
				this.errorHandler, newFilter, this.executor);
	}

	public ServiceBusListenerEndpoint withExecutor(@Nullable Executor newExecutor) {
		return new ServiceBusListenerEndpoint(this.id, this.listenerId, this.target, this.listener, this.options,
				this.errorHandler, this.filter, newExecutor);
	}

}
