package dev.servicebus.boot.autoconfigure.health;

import dev.servicebus.boot.autoconfigure.ServiceBusAutoConfiguration;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health contributor {@code servicebus}, which tells how the
 * listeners do.
 */
@AutoConfiguration(after = ServiceBusAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(ServiceBusListenerEndpointRegistry.class)
@ConditionalOnEnabledHealthIndicator("servicebus")
public final class ServiceBusHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "servicebusHealthContributor", "servicebusHealthIndicator" })
	HealthIndicator servicebusHealthContributor(ServiceBusListenerEndpointRegistry registry) {
		return new ListenersHealthIndicator(registry);
	}

}
