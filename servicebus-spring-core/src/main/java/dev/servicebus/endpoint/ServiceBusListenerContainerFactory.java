package dev.servicebus.endpoint;

import java.util.Objects;

import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerDefinition;
import dev.servicebus.listener.container.ServiceBusListenerContainer;

/**
 * Makes containers for endpoints. The options of a container are those of the factory,
 * changed by the endpoint, changed by what the application configures for its id.
 * Immutable and thread-safe.
 */
public final class ServiceBusListenerContainerFactory {

	private final ContainerServices services;

	private final ListenerOptions defaults;

	private final ErrorHandler errorHandler;

	private final ListenerOptionsCustomizer customizer;

	/**
	 * Makes a factory with default options.
	 * @param services what its containers share
	 */
	public ServiceBusListenerContainerFactory(ContainerServices services) {
		this(services, ListenerOptions.builder().build(), ErrorHandler.PROPOSED, ListenerOptionsCustomizer.NONE);
	}

	/**
	 * Makes a factory.
	 * @param services what its containers share
	 * @param defaults the options of containers whose endpoints say nothing else
	 * @param errorHandler decides for endpoints without an error handler of their own
	 * @param customizer has the last word on the options of each container
	 */
	public ServiceBusListenerContainerFactory(ContainerServices services, ListenerOptions defaults,
			ErrorHandler errorHandler, ListenerOptionsCustomizer customizer) {
		this.services = Objects.requireNonNull(services, "services");
		this.defaults = Objects.requireNonNull(defaults, "defaults");
		this.errorHandler = Objects.requireNonNull(errorHandler, "errorHandler");
		this.customizer = Objects.requireNonNull(customizer, "customizer");
	}

	/**
	 * Makes a container, which is not started.
	 * @throws IllegalArgumentException if the options contradict each other
	 */
	public ServiceBusListenerContainer createContainer(ServiceBusListenerEndpoint endpoint) {
		ListenerOptions.Builder options = this.defaults.mutate();
		endpoint.options().andThen(this.customizer).customize(endpoint.id(), options);
		ErrorHandler ownHandler = endpoint.errorHandler();
		return new ServiceBusListenerContainer(new ListenerDefinition(endpoint.id(), endpoint.target(),
				endpoint.listener(), (ownHandler != null) ? ownHandler : this.errorHandler, options.build()),
				this.services);
	}

}
