package dev.servicebus.boot.autoconfigure;

import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.metrics.ListenerGauges;
import dev.servicebus.listener.metrics.ListenerMetrics;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Meters of listeners, if the application has a registry for them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
class ServiceBusListenerMetricsConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ListenerMetrics serviceBusListenerMetrics(MeterRegistry registry) {
		return new ListenerMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	ListenerGauges serviceBusListenerGauges(MeterRegistry registry,
			ObjectProvider<ServiceBusListenerEndpointRegistry> listeners) {
		return new ListenerGauges(registry, (id) -> {
			ServiceBusListenerEndpointRegistry containers = listeners.getIfAvailable();
			ServiceBusListenerContainer container = (containers != null) ? containers.getListenerContainer(id) : null;
			return (container != null) ? container.state() : null;
		});
	}

}
