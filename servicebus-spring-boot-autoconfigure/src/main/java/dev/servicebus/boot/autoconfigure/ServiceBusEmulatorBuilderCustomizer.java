package dev.servicebus.boot.autoconfigure;

import dev.servicebus.emulator.ServiceBusEmulatorBuilder;

/**
 * Changes the builder of the embedded emulator after the properties are applied. Beans of
 * this type are called in their order.
 */
@FunctionalInterface
public interface ServiceBusEmulatorBuilderCustomizer {

	/**
	 * Changes the builder.
	 */
	void customize(ServiceBusEmulatorBuilder builder);

}
