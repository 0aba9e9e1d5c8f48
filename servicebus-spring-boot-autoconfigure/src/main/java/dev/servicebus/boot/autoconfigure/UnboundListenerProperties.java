package dev.servicebus.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.Environment;

/**
 * Finds the properties of listeners that mean nothing, most likely because they are
 * misspelled. Environment variables and system properties are left out.
 */
final class UnboundListenerProperties {

	private UnboundListenerProperties() {
	}

	/**
	 * Finds them below {@code servicebus.listener} and {@code servicebus.listeners}.
	 */
	static List<String> find(Environment environment) {
		List<String> unbound = new ArrayList<>(
				find(environment, "servicebus.listener", Bindable.of(ListenerProperties.class)));
		unbound
			.addAll(find(environment, "servicebus.listeners", Bindable.mapOf(String.class, ListenerProperties.class)));
		return unbound;
	}

	private static List<String> find(Environment environment, String prefix, Bindable<?> target) {
		try {
			Binder.get(environment)
				.bind(prefix, target,
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
			return List.of();
		}
		catch (BindException ex) {
			return (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound)
					? unbound.getUnboundProperties().stream().map(UnboundListenerProperties::name).toList() : List.of();
		}
	}

	private static String name(ConfigurationProperty property) {
		return property.getName().toString();
	}

}
