package dev.servicebus.boot.autoconfigure;

import java.util.function.Consumer;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.endpoint.ListenerOptionsCustomizer;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.container.ContainerServices;

/**
 * Makes container factories that begin with what is auto-configured, for applications
 * that need more than one. Immutable and thread-safe.
 *
 * <pre>{@code
 * &#64;Bean
 * ServiceBusListenerContainerFactory bulkFactory(ServiceBusListenerContainerFactoryConfigurer configurer) {
 *     return configurer.createFactory((options) -> options.concurrency(32).prefetch(500));
 * }
 * }</pre>
 */
public final class ServiceBusListenerContainerFactoryConfigurer {

	private final ContainerServices services;

	private final ListenerOptions defaults;

	private final ErrorHandler errorHandler;

	private final ListenerOptionsCustomizer customizer;

	ServiceBusListenerContainerFactoryConfigurer(ContainerServices services, ListenerOptions defaults,
			ErrorHandler errorHandler, ListenerOptionsCustomizer customizer) {
		this.services = services;
		this.defaults = defaults;
		this.errorHandler = errorHandler;
		this.customizer = customizer;
	}

	/**
	 * A factory as it is auto-configured.
	 */
	public ServiceBusListenerContainerFactory createFactory() {
		return createFactory((options) -> {
		});
	}

	/**
	 * A factory with other defaults.
	 * @param changes called with the options that {@code servicebus.listener.*} describe
	 */
	public ServiceBusListenerContainerFactory createFactory(Consumer<ListenerOptions.Builder> changes) {
		return createFactory(this.services.client(), changes);
	}

	/**
	 * A factory whose containers receive through another client.
	 * @param client brings the messages; closed by its owner
	 * @param changes called with the options that {@code servicebus.listener.*} describe
	 */
	public ServiceBusListenerContainerFactory createFactory(MessagingClient client,
			Consumer<ListenerOptions.Builder> changes) {
		ListenerOptions.Builder options = this.defaults.mutate();
		changes.accept(options);
		ContainerServices ofClient = (client == this.services.client()) ? this.services
				: this.services.withClient(client)
					.withObservations(this.services.observations().withServerAddress(null));
		return new ServiceBusListenerContainerFactory(ofClient, options.build(), this.errorHandler, this.customizer);
	}

}
