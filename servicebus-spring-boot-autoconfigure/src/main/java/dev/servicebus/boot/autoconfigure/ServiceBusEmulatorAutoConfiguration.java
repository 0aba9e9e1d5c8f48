package dev.servicebus.boot.autoconfigure;

import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.ServiceBusEmulatorBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration of an emulator inside the application, for as long as no connection
 * is configured. What uses its connection details starts after it and stops before it.
 */
@AutoConfiguration(before = ServiceBusAutoConfiguration.class)
@ConditionalOnClass(ServiceBusEmulator.class)
@ConditionalOnBooleanProperty(name = "servicebus.emulator.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(ServiceBusConnectionDetails.class)
@Conditional(OnNoConnectionProperty.class)
@EnableConfigurationProperties(ServiceBusProperties.class)
public final class ServiceBusEmulatorAutoConfiguration {

	private static final Logger logger = LoggerFactory.getLogger(ServiceBusEmulatorAutoConfiguration.class);

	@Bean
	@ConditionalOnMissingBean
	ServiceBusEmulator serviceBusEmulator(ServiceBusProperties properties,
			ObjectProvider<ServiceBusEmulatorBuilderCustomizer> customizers) {
		ServiceBusEmulatorBuilder builder = EmulatorMapper.builder(properties.emulator());
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		ServiceBusEmulator emulator = builder.build().start();
		logger
			.warn("No Service Bus connection is configured: using an embedded emulator on port {}, for development and"
					+ " tests. It keeps messages in memory only", emulator.port());
		return emulator;
	}

	@Bean
	EmulatorConnectionDetails serviceBusConnectionDetails(ServiceBusEmulator emulator) {
		return new EmulatorConnectionDetails(emulator.connectionString());
	}

	/**
	 * Leads to the emulator, whose key is no secret.
	 */
	record EmulatorConnectionDetails(String connectionString) implements ServiceBusConnectionDetails {

	}

}
