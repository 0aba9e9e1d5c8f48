package dev.servicebus.endpoint;

import dev.servicebus.listener.container.ServiceBusListenerContainer;

/**
 * Takes listeners that are declared in code.
 */
public interface ServiceBusListenerEndpointRegistrar {

	/**
	 * Registers a listener with the default container factory.
	 */
	ServiceBusListenerContainer register(ServiceBusListenerEndpoint endpoint);

	/**
	 * Registers a listener with a container factory.
	 */
	ServiceBusListenerContainer register(ServiceBusListenerEndpoint endpoint,
			ServiceBusListenerContainerFactory factory);

}
