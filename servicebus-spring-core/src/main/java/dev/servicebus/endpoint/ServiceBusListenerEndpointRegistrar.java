package dev.servicebus.endpoint;

import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.container.ServiceBusListenerContainer;

/**
 * Takes listeners that are declared in code.
 */
public interface ServiceBusListenerEndpointRegistrar {

	/**
	 * Registers a listener with the default container factory and its options.
	 * @param id names the listener
	 * @param target what it listens to
	 * @param listener handles the messages; for payloads see
	 * {@link dev.servicebus.listener.invoke.PayloadListener}
	 * @throws IllegalStateException if the id is taken
	 */
	default ServiceBusListenerContainer register(String id, ListenerTarget target, MessageListener listener) {
		return register(ServiceBusListenerEndpoint.of(id, target, listener));
	}

	/**
	 * Registers a listener with the default container factory.
	 * @throws IllegalStateException if the id is taken, or its retry queue is that of
	 * another listener
	 */
	ServiceBusListenerContainer register(ServiceBusListenerEndpoint endpoint);

	/**
	 * Registers a listener with a container factory.
	 * @throws IllegalStateException if the id is taken, or its retry queue is that of
	 * another listener
	 */
	ServiceBusListenerContainer register(ServiceBusListenerEndpoint endpoint,
			ServiceBusListenerContainerFactory factory);

}
