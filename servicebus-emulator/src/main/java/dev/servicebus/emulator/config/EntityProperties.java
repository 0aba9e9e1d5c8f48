package dev.servicebus.emulator.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;

import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.EntityOptionsBuilder;
import dev.servicebus.emulator.store.BrokerException;
import org.jspecify.annotations.Nullable;

/**
 * The fields below {@code Properties} of one kind of entity. Immutable.
 */
final class EntityProperties {

	private static final String REQUIRES_DUPLICATE_DETECTION = "RequiresDuplicateDetection";

	private static final String DUPLICATE_DETECTION_WINDOW = "DuplicateDetectionHistoryTimeWindow";

	private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(20);

	private static final EntityOptions DEFAULTS = EntityOptions.builder()
		.maxDeliveryCount(3)
		.defaultTimeToLive(Duration.ofHours(1))
		.build();

	private static final Map<String, Property> TIME_TO_LIVE = Map.of("DefaultMessageTimeToLive",
			(options, value) -> options.defaultTimeToLive(value.duration()));

	private static final Map<String, Property> RECEIVING = Map.of("DeadLetteringOnMessageExpiration",
			(options, value) -> options.deadLetteringOnMessageExpiration(value.truth()),
			"ForwardDeadLetteredMessagesTo",
			(options, value) -> options.forwardDeadLetteredMessagesTo(entityOrNone(value)), "ForwardTo",
			(options, value) -> options.forwardTo(entityOrNone(value)), "LockDuration",
			(options, value) -> options.lockDuration(value.duration()), "MaxDeliveryCount",
			(options, value) -> options.maxDeliveryCount(value.integer()), "RequiresSession",
			(options, value) -> options.requiresSession(value.truth()));

	private static final Map<String, Property> DUPLICATE_DETECTION = Map.of(DUPLICATE_DETECTION_WINDOW,
			(options, value) -> options.duplicateDetectionWindow(value.duration()), REQUIRES_DUPLICATE_DETECTION,
			(options, value) -> {
				value.truth();
				return options;
			});

	static final EntityProperties QUEUE = of(TIME_TO_LIVE, RECEIVING, DUPLICATE_DETECTION);

	static final EntityProperties TOPIC = of(TIME_TO_LIVE, DUPLICATE_DETECTION);

	static final EntityProperties SUBSCRIPTION = of(TIME_TO_LIVE, RECEIVING);

	private final Map<String, Property> properties;

	private EntityProperties(Map<String, Property> properties) {
		this.properties = properties;
	}

	/**
	 * Reads the properties of an entity, which may be absent.
	 */
	EntityOptions read(ConfigNode entity) {
		ConfigNode node = entity.find("Properties");
		if (node == null) {
			return DEFAULTS;
		}
		node.checkFields(this.properties.keySet());
		EntityOptions options = DEFAULTS.mutate().duplicateDetectionWindow(DEFAULT_WINDOW).build();
		for (Entry<String, Property> property : this.properties.entrySet()) {
			ConfigNode value = node.find(property.getKey());
			if (value != null) {
				options = apply(property.getValue(), options, value);
			}
		}
		if (options.requiresSession() && options.forwardTo() != null) {
			throw node.error("an entity cannot both require sessions and forward its messages");
		}
		return detectsDuplicates(node) ? options : options.mutate().duplicateDetectionWindow(null).build();
	}

	private static EntityOptions apply(Property property, EntityOptions options, ConfigNode value) {
		try {
			return property.apply(options.mutate(), value).build();
		}
		catch (BrokerException ex) {
			throw value.error(String.valueOf(ex.getMessage()));
		}
	}

	private static boolean detectsDuplicates(ConfigNode node) {
		ConfigNode required = node.find(REQUIRES_DUPLICATE_DETECTION);
		return required != null && required.truth();
	}

	private static @Nullable String entityOrNone(ConfigNode value) {
		String text = value.text();
		return text.isEmpty() ? null : text;
	}

	@SafeVarargs
	private static EntityProperties of(Map<String, Property>... groups) {
		Map<String, Property> properties = new LinkedHashMap<>();
		for (Map<String, Property> group : groups) {
			properties.putAll(group);
		}
		return new EntityProperties(properties);
	}

	@FunctionalInterface
	private interface Property {

		EntityOptionsBuilder apply(EntityOptionsBuilder options, ConfigNode value);

	}

}
