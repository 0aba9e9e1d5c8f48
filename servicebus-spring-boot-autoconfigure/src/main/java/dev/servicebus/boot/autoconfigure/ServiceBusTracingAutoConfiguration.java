package dev.servicebus.boot.autoconfigure;

import dev.servicebus.observation.ServiceBusBatchTracingHandler;
import io.micrometer.tracing.Tracer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/**
 * {@link AutoConfiguration Auto-configuration} for links between the span of a batch and
 * those of its messages, where Micrometer Tracing has a tracer.
 */
@AutoConfiguration(
		afterName = { "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration" })
@ConditionalOnClass(Tracer.class)
@ConditionalOnBean(Tracer.class)
public final class ServiceBusTracingAutoConfiguration {

	/**
	 * Before Spring Boot's handlers, of which the first that can takes an observation.
	 */
	private static final int HANDLER_ORDER = 500;

	@Bean
	@ConditionalOnMissingBean
	@Order(HANDLER_ORDER)
	ServiceBusBatchTracingHandler serviceBusBatchTracingHandler(Tracer tracer) {
		return new ServiceBusBatchTracingHandler(tracer);
	}

}
