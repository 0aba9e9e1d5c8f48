package dev.servicebus.boot.autoconfigure;

import java.util.function.Function;

import dev.servicebus.boot.autoconfigure.EmulatorProperties.Queue;
import dev.servicebus.boot.autoconfigure.EmulatorProperties.Receivable;
import dev.servicebus.boot.autoconfigure.EmulatorProperties.Rule;
import dev.servicebus.boot.autoconfigure.EmulatorProperties.Subscription;
import dev.servicebus.boot.autoconfigure.EmulatorProperties.Topic;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.ServiceBusEmulatorBuilder;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.EntityOptionsBuilder;
import dev.servicebus.emulator.rule.RuleDefinition;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Makes the builder of an emulator of properties.
 */
final class EmulatorMapper {

	private static final String QUEUES = "servicebus.emulator.queues.";

	private EmulatorMapper() {
	}

	static ServiceBusEmulatorBuilder builder(EmulatorProperties properties) {
		ServiceBusEmulatorBuilder builder = ServiceBusEmulator.builder();
		new OptionSetter<>("servicebus.emulator", builder, ServiceBusEmulatorBuilder::build).set("port",
				properties.port(), ServiceBusEmulatorBuilder::port);
		if (properties.autoCreate()) {
			builder.autoCreate();
		}
		properties.queues().forEach((name, queue) -> builder.queue(name, options(QUEUES + name, queue)));
		properties.topics().forEach((name, topic) -> addTopic(builder, name, topic));
		return builder;
	}

	private static EntityOptions options(String prefix, Queue properties) {
		EntityOptionsBuilder options = EntityOptions.builder();
		setter(prefix, options, properties).set("duplicate-detection-history-time-window",
				properties.duplicateDetectionHistoryTimeWindow(), EntityOptionsBuilder::duplicateDetectionWindow);
		return options.build();
	}

	private static void addTopic(ServiceBusEmulatorBuilder builder, String name, Topic properties) {
		String prefix = "servicebus.emulator.topics." + name;
		EntityOptionsBuilder options = EntityOptions.builder();
		setter(prefix, options)
			.set("default-message-time-to-live", properties.defaultMessageTimeToLive(),
					EntityOptionsBuilder::defaultTimeToLive)
			.set("duplicate-detection-history-time-window", properties.duplicateDetectionHistoryTimeWindow(),
					EntityOptionsBuilder::duplicateDetectionWindow);
		builder.topic(name, options.build());
		properties.subscriptions()
			.forEach((subscription, settings) -> addSubscription(builder, name, subscription, settings));
	}

	private static void addSubscription(ServiceBusEmulatorBuilder builder, String topic, String name,
			Subscription properties) {
		String prefix = "servicebus.emulator.topics." + topic + ".subscriptions." + name;
		EntityOptionsBuilder options = EntityOptions.builder();
		setter(prefix, options, properties);
		RuleDefinition[] rules = properties.rules()
			.entrySet()
			.stream()
			.map((rule) -> rule(prefix + ".rules." + rule.getKey(), rule.getKey(), rule.getValue()))
			.toArray(RuleDefinition[]::new);
		builder.subscription(topic, name, options.build(), rules);
	}

	private static RuleDefinition rule(String prefix, String name, Rule properties) {
		RuleDefinition rule = accept(prefix + ".filter", properties.filter(),
				(filter) -> RuleDefinition.sql(name, filter));
		String action = properties.action();
		return (action != null) ? accept(prefix + ".action", action, rule::withAction) : rule;
	}

	private static RuleDefinition accept(String property, String value, Function<String, RuleDefinition> reader) {
		try {
			return reader.apply(value);
		}
		catch (RuntimeException ex) {
			throw new InvalidConfigurationPropertyValueException(property, value, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static OptionSetter<EntityOptionsBuilder> setter(String prefix, EntityOptionsBuilder options) {
		return new OptionSetter<>(prefix, options, EntityOptionsBuilder::build);
	}

	private static OptionSetter<EntityOptionsBuilder> setter(String prefix, EntityOptionsBuilder options,
			Receivable properties) {
		return setter(prefix, options)
			.set("lock-duration", properties.lockDuration(), EntityOptionsBuilder::lockDuration)
			.set("max-delivery-count", properties.maxDeliveryCount(), EntityOptionsBuilder::maxDeliveryCount)
			.set("default-message-time-to-live", properties.defaultMessageTimeToLive(),
					EntityOptionsBuilder::defaultTimeToLive)
			.set("dead-lettering-on-message-expiration", properties.deadLetteringOnMessageExpiration(),
					EntityOptionsBuilder::deadLetteringOnMessageExpiration)
			.set("requires-session", properties.requiresSession(), EntityOptionsBuilder::requiresSession)
			.set("forward-to", properties.forwardTo(), EntityOptionsBuilder::forwardTo)
			.set("forward-dead-lettered-messages-to", properties.forwardDeadLetteredMessagesTo(),
					EntityOptionsBuilder::forwardDeadLetteredMessagesTo);
	}

}
