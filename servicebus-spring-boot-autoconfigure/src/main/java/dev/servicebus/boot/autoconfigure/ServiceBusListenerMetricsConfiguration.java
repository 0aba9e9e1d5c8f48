package dev.servicebus.boot.autoconfigure;

import dev.servicebus.listener.metrics.ListenerMetrics;
import io.micrometer.core.instrument.MeterRegistry;

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

}
