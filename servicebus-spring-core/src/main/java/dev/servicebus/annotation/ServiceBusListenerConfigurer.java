package dev.servicebus.annotation;

import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistrar;

/**
 * A bean that registers listeners in code, once all singletons exist.
 */
@FunctionalInterface
public interface ServiceBusListenerConfigurer {

	/**
	 * Registers listeners.
	 */
	void configureListeners(ServiceBusListenerEndpointRegistrar registrar);

}
