package dev.servicebus.boot.autoconfigure;

import dev.servicebus.client.auth.ConnectionString;
import dev.servicebus.observation.ServiceBusBatchProcessObservationConvention;
import dev.servicebus.observation.ServiceBusObservationConventions;
import dev.servicebus.observation.ServiceBusObservations;
import dev.servicebus.observation.ServiceBusProcessObservationConvention;
import dev.servicebus.observation.ServiceBusReceiveObservationConvention;
import dev.servicebus.observation.ServiceBusSendObservationConvention;
import dev.servicebus.observation.ServiceBusSettleObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Observations, if the application has a registry for them.
 */
@Configuration(proxyBeanMethods = false)
class ServiceBusObservationConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServiceBusObservationConventions serviceBusObservationConventions(
			ObjectProvider<ServiceBusSendObservationConvention> send,
			ObjectProvider<ServiceBusProcessObservationConvention> process,
			ObjectProvider<ServiceBusBatchProcessObservationConvention> batch,
			ObjectProvider<ServiceBusReceiveObservationConvention> receive,
			ObjectProvider<ServiceBusSettleObservationConvention> settle) {
		return new ServiceBusObservationConventions(send.getIfAvailable(), process.getIfAvailable(),
				batch.getIfAvailable(), receive.getIfAvailable(), settle.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	ServiceBusObservations serviceBusObservations(ObjectProvider<ObservationRegistry> registry,
			ServiceBusObservationConventions conventions, ObjectProvider<ServiceBusConnectionDetails> connection) {
		return ServiceBusObservations.of(registry.getIfUnique(() -> ObservationRegistry.NOOP))
			.withConventions(conventions)
			.withServerAddress(host(connection.getIfAvailable()));
	}

	static @Nullable String host(@Nullable ServiceBusConnectionDetails connection) {
		String connectionString = (connection != null) ? connection.connectionString() : null;
		if (connectionString != null) {
			return ConnectionString.parse(connectionString).fullyQualifiedNamespace();
		}
		return (connection != null) ? connection.fullyQualifiedNamespace() : null;
	}

}
