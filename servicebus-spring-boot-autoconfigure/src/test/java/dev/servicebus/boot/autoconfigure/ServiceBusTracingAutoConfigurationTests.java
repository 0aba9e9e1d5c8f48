package dev.servicebus.boot.autoconfigure;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.observation.ServiceBusBatchTracingHandler;
import dev.servicebus.template.ServiceBusTemplate;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spans of batches in an application that Spring Boot gives a tracer.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServiceBusTracingAutoConfigurationTests {

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class,
				ServiceBusEmulatorAutoConfiguration.class, ServiceBusTracingAutoConfiguration.class,
				ObservationAutoConfiguration.class, MicrometerTracingAutoConfiguration.class))
		.withPropertyValues("servicebus.emulator.queues.orders.max-delivery-count=3");

	@Test
	void spanOfABatchIsLinkedWhereThereIsATracer() {
		this.runner.withBean(SimpleTracer.class).withBean(Orders.class).run((context) -> {
			context.getBean(ServiceBusTemplate.class)
				.send("orders",
						ServiceBusMessage.builder()
							.body("order")
							.applicationProperty("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
							.build());
			SimpleTracer tracer = context.getBean(SimpleTracer.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(List.copyOf(tracer.getSpans()))
					.filteredOn((span) -> "process orders".equals(span.getName()))
					.singleElement()
					.satisfies((span) -> assertThat(span.getLinks()).singleElement()
						.satisfies((link) -> assertThat(link.getTraceContext().traceId()).isEqualTo(TRACE))));
		});
	}

	@Test
	void thereIsNoHandlerWithoutATracer() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ServiceBusBatchTracingHandler.class));
		this.runner.withClassLoader(new FilteredClassLoader(Tracer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("serviceBusBatchTracingHandler")
				.hasSingleBean(ServiceBusTemplate.class));
	}

	static class Orders {

		@ServiceBusListener(queue = "orders", batch = "10, 100ms")
		void handle(List<String> orders) {
		}

	}

}
