package dev.servicebus.boot.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.metrics.ListenerMetrics;
import dev.servicebus.observation.DefaultServiceBusSendObservationConvention;
import dev.servicebus.observation.ServiceBusObservations;
import dev.servicebus.observation.ServiceBusSendObservationConvention;
import dev.servicebus.template.ServiceBusTemplate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Observations are there where the application has a registry, and only there.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServiceBusObservationAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withPropertyValues("servicebus.emulator.queues.orders.max-delivery-count=3")
		.withUserConfiguration(Orders.class);

	@Test
	void nothingIsObservedWithoutARegistry() {
		this.runner.run((context) -> {
			assertThat(context.getBean(ServiceBusObservations.class).isNoop()).isTrue();
			context.getBean(ServiceBusTemplate.class).send("orders", "order");
			assertThat(context.getBean(Orders.class).seen.join()).isEqualTo("none");
		});
	}

	@Test
	void sendAndProcessAreObservedWithARegistry() {
		this.runner.withBean(ObservationRegistry.class, ServiceBusObservationAutoConfigurationTests::registry)
			.run((context) -> {
				context.getBean(ServiceBusTemplate.class).send("orders", "order");
				assertThat(context.getBean(Orders.class).seen.join()).isEqualTo("servicebus.process");
				assertThat(context.getBean(ContainerServices.class).observations())
					.isSameAs(context.getBean(ServiceBusObservations.class));
			});
	}

	@Test
	void conventionsAreBeans() {
		ServiceBusSendObservationConvention convention = new DefaultServiceBusSendObservationConvention();
		this.runner.withBean(ObservationRegistry.class, ServiceBusObservationAutoConfigurationTests::registry)
			.withBean(ServiceBusSendObservationConvention.class, () -> convention)
			.run((context) -> assertThat(context.getBean(ServiceBusObservations.class))
				.extracting("conventions.send", "serverAddress")
				.containsExactly(convention, "localhost"));
	}

	@Test
	void messagesAreCountedWhereThereIsAMeterRegistry() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			context.getBean(ServiceBusTemplate.class).send("orders", "order");
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			Awaitility.await().untilAsserted(() -> {
				Counter settled = meters.find(ListenerMetrics.SETTLED).tag("outcome", "Complete").counter();
				assertThat(settled).isNotNull();
				assertThat(settled.count()).isEqualTo(1);
			});
		});
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(ListenerMetrics.class));
	}

	private static ObservationRegistry registry() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler((context) -> true);
		return registry;
	}

	@Configuration(proxyBeanMethods = false)
	static class Orders {

		private final CompletableFuture<String> seen = new CompletableFuture<>();

		private final ObjectProvider<ObservationRegistry> registry;

		Orders(ObjectProvider<ObservationRegistry> registry) {
			this.registry = registry;
		}

		@ServiceBusListener(queue = "orders")
		void order(String order) {
			ObservationRegistry registry = this.registry.getIfAvailable(() -> ObservationRegistry.NOOP);
			Observation current = registry.getCurrentObservation();
			this.seen.complete((current != null) ? current.getContextView().getName() : "none");
		}

	}

}
