package dev.servicebus.boot.autoconfigure;

import dev.servicebus.client.admin.http.ServiceBusAdministrationClientBuilder;

/**
 * Changes how the administration client is built. Beans of this type are called in their
 * order, after the properties have been applied.
 */
@FunctionalInterface
public interface ServiceBusAdministrationClientBuilderCustomizer {

	/**
	 * Changes the builder.
	 * @param builder builds the auto-configured administration client
	 */
	void customize(ServiceBusAdministrationClientBuilder builder);

}
