package dev.servicebus.annotation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.servicebus.endpoint.ListenerOptionsCustomizer;
import dev.servicebus.listener.ListenerOptions;

/**
 * The options of the container that an annotation sets, by attributes of their own or in
 * its properties.
 */
final class OptionSettings {

	private final ListenerDeclaration declaration;

	private final List<Setting> settings;

	private OptionSettings(ListenerDeclaration declaration, List<Setting> settings) {
		this.declaration = declaration;
		this.settings = settings;
	}

	static OptionSettings read(ListenerAttributes attributes) {
		List<Setting> settings = new ArrayList<>();
		given(attributes.annotation()).forEach((option, attribute) -> {
			String value = attributes.text(option.attribute(), attribute);
			if (!value.isEmpty()) {
				settings.add(new Setting(option, value));
			}
		});
		for (String property : attributes.annotation().properties()) {
			settings.add(setting(attributes.declaration(), attributes.text("properties", property), settings));
		}
		return new OptionSettings(attributes.declaration(), settings);
	}

	private static Map<OptionAttribute, String> given(ServiceBusListener annotation) {
		Map<OptionAttribute, String> given = new LinkedHashMap<>();
		given.put(OptionAttribute.CONCURRENCY, annotation.concurrency());
		given.put(OptionAttribute.PREFETCH, annotation.prefetch());
		given.put(OptionAttribute.SESSIONS, annotation.sessions());
		given.put(OptionAttribute.BATCH, annotation.batch());
		given.put(OptionAttribute.SETTLEMENT, annotation.settlement());
		given.put(OptionAttribute.TRANSACTIONAL, annotation.transactional());
		given.put(OptionAttribute.RETRY, annotation.retry());
		given.put(OptionAttribute.RETURN_EXCEPTIONS, annotation.returnExceptions());
		given.put(OptionAttribute.MAX_LOCK_RENEWAL, annotation.maxLockRenewal());
		given.put(OptionAttribute.AUTO_STARTUP, annotation.autoStartup());
		return given;
	}

	private static Setting setting(ListenerDeclaration declaration, String property, List<Setting> before) {
		try {
			int separator = property.indexOf('=');
			if (separator < 0) {
				throw new IllegalArgumentException("expected name=value");
			}
			OptionAttribute option = OptionAttribute.named(property.substring(0, separator).strip());
			if (before.stream().anyMatch((setting) -> setting.option() == option)) {
				throw new IllegalArgumentException(option.attribute() + " is set twice");
			}
			return new Setting(option, property.substring(separator + 1).strip());
		}
		catch (IllegalArgumentException ex) {
			throw declaration.invalid("properties", property, ex);
		}
	}

	/**
	 * Reads the options now, so that what is wrong shows at once, each on its own, so
	 * that it is clear which.
	 */
	ListenerOptionsCustomizer customizer() {
		ListenerOptionsCustomizer all = ListenerOptionsCustomizer.NONE;
		for (Setting setting : this.settings) {
			ListenerOptionsCustomizer next = (id, options) -> setting.option().set(options, setting.value());
			try {
				ListenerOptions.Builder alone = ListenerOptions.builder();
				next.customize("", alone);
				alone.build();
			}
			catch (IllegalArgumentException ex) {
				throw this.declaration.invalid(setting.option().attribute(), setting.value(), ex);
			}
			all = all.andThen(next);
		}
		return all;
	}

	/**
	 * Refuses options that have no meaning for the listener.
	 */
	void refuse(Predicate<OptionAttribute> options, String reason) {
		for (Setting setting : this.settings) {
			if (options.test(setting.option())) {
				throw this.declaration.invalid(setting.option().attribute(), setting.value(),
						new IllegalArgumentException(reason));
			}
		}
	}

	private record Setting(OptionAttribute option, String value) {

	}

}
