package dev.servicebus.boot.autoconfigure;

import dev.servicebus.boot.autoconfigure.ServiceBusProperties.Emulator;
import dev.servicebus.boot.autoconfigure.ServiceBusProperties.Queue;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.ServiceBusEmulatorBuilder;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.EntityOptionsBuilder;

/**
 * Makes the builder of an emulator of properties.
 */
final class EmulatorMapper {

	private EmulatorMapper() {
	}

	static ServiceBusEmulatorBuilder builder(Emulator properties) {
		ServiceBusEmulatorBuilder builder = ServiceBusEmulator.builder();
		new OptionSetter<>("servicebus.emulator", builder, ServiceBusEmulatorBuilder::build).set("port",
				properties.port(), ServiceBusEmulatorBuilder::port);
		if (properties.autoCreate()) {
			builder.autoCreate();
		}
		properties.queues().forEach((name, queue) -> builder.queue(name, options(name, queue)));
		return builder;
	}

	private static EntityOptions options(String name, Queue properties) {
		EntityOptionsBuilder options = EntityOptions.builder();
		new OptionSetter<>("servicebus.emulator.queues." + name, options, EntityOptionsBuilder::build)
			.set("lock-duration", properties.lockDuration(), EntityOptionsBuilder::lockDuration)
			.set("max-delivery-count", properties.maxDeliveryCount(), EntityOptionsBuilder::maxDeliveryCount)
			.set("default-message-time-to-live", properties.defaultMessageTimeToLive(),
					EntityOptionsBuilder::defaultTimeToLive)
			.set("dead-lettering-on-message-expiration", properties.deadLetteringOnMessageExpiration(),
					EntityOptionsBuilder::deadLetteringOnMessageExpiration);
		return options.build();
	}

}
