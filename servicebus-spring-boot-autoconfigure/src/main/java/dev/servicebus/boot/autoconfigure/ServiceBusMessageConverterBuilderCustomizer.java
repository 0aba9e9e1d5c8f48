package dev.servicebus.boot.autoconfigure;

import dev.servicebus.converter.ServiceBusMessageConverterBuilder;

/**
 * Changes the converter of templates and listeners after the properties are applied, for
 * example to convert payloads of another content type than JSON.
 */
@FunctionalInterface
public interface ServiceBusMessageConverterBuilderCustomizer {

	void customize(ServiceBusMessageConverterBuilder builder);

}
