package dev.servicebus.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

import dev.servicebus.converter.MessageTypes;
import dev.servicebus.template.PayloadDestinations;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Makes destinations of types of {@code servicebus.template.destinations.*}.
 */
final class DestinationsMapper {

	private DestinationsMapper() {
	}

	static PayloadDestinations destinations(Map<String, String> properties, MessageTypes types) {
		Map<Class<?>, String> destinations = new LinkedHashMap<>();
		properties.forEach((name, destination) -> {
			Class<?> type = types.asMap().get(name);
			if (type == null) {
				throw new InvalidConfigurationPropertyValueException("servicebus.template.destinations." + name,
						destination, "no type of a payload is named so; known are "
								+ new TreeSet<>(types.asMap().keySet()) + ", by the bean of type MessageTypes");
			}
			destinations.put(type, destination);
		});
		return PayloadDestinations.of(destinations);
	}

}
