package dev.servicebus.annotation;

import java.util.Map;

import org.springframework.messaging.converter.MessageConverter;

import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.converter.ServiceBusMessageConverter;

/**
 * How the messages of a listener are shown to its methods.
 */
final class ConverterAttribute {

	private ConverterAttribute() {
	}

	/**
	 * Returns the converter that the annotation names, or else {@code common}; it adds
	 * what the annotation says about the listener.
	 */
	static ServiceBusMessageConverter of(ListenerAttributes attributes, ServiceBusMessageConverter common) {
		Object named = attributes.bean("converter", attributes.annotation().converter(), Object.class);
		ServiceBusMessageConverter converter = (named != null) ? converter(attributes, named) : common;
		String info = attributes.text("info", attributes.annotation().info());
		return info.isEmpty() ? converter
				: converter.withReceivedHeaders(Map.of(ServiceBusHeaders.LISTENER_INFO, info));
	}

	private static ServiceBusMessageConverter converter(ListenerAttributes attributes, Object named) {
		if (named instanceof ServiceBusMessageConverter converter) {
			return converter;
		}
		if (named instanceof MessageConverter payloads) {
			return ServiceBusMessageConverter.of(payloads);
		}
		throw attributes.declaration()
			.invalid("converter", attributes.annotation().converter(),
					new IllegalArgumentException(
							"expected a ServiceBusMessageConverter or MessageConverter but it is a "
									+ named.getClass().getName()));
	}

}
