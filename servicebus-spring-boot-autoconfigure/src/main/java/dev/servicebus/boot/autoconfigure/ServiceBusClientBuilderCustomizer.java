package dev.servicebus.boot.autoconfigure;

import dev.servicebus.client.amqp.ServiceBusClientBuilder;

/**
 * Changes the builder of the auto-configured client after the properties are applied.
 * Beans of this type are called in their order.
 */
@FunctionalInterface
public interface ServiceBusClientBuilderCustomizer {

	/**
	 * Changes the builder.
	 */
	void customize(ServiceBusClientBuilder builder);

}
