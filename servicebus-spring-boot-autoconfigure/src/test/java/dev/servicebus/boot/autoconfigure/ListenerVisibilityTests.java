package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.ListenerState;
import dev.servicebus.listener.event.ListenerEvent;
import dev.servicebus.listener.metrics.ListenerGauges;
import dev.servicebus.listener.metrics.ListenerMetrics;
import dev.servicebus.template.ServiceBusTemplate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an application can see of its listeners: settlements that were not confirmed,
 * links that are not there, listeners that hang.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenerVisibilityTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withUserConfiguration(Orders.class);

	@Test
	void completionThatIsNotConfirmedIsAnEventAndCounted() {
		this.runner.withPropertyValues("servicebus.retry.try-timeout=1s").run((context) -> {
			context.getBean(ServiceBusEmulator.class).faults().onSettle("orders").swallowAnswer();
			context.getBean(ServiceBusTemplate.class).send("orders", "order");
			ListenerEvent.SettlementFailed event = context.getBean(Orders.class).failures.poll(20, TimeUnit.SECONDS);
			assertThat(event).isNotNull();
			assertThat(event.listenerId()).isEqualTo("orders");
			assertThat(event.message().bodyAsString()).isEqualTo("order");
			assertThat(event.disposition()).isEqualTo(new Disposition.Complete());
			assertThat(event.failure()).isInstanceOf(UnknownOutcomeException.class);
			assertThat(context.getBean(MeterRegistry.class)
				.get(ListenerMetrics.SETTLEMENT_FAILED)
				.tag("outcome", "Complete")
				.counter()
				.count()).isEqualTo(1);
			await().atMost(PATIENCE).until(() -> state(context).inFlight() == 0);
		});
	}

	@Test
	void stateAndGaugeTellWhetherTheLinkIsThere() {
		this.runner.run((context) -> {
			await().atMost(PATIENCE).until(() -> state(context).receiving());
			assertThat(state(context).isHealthy()).isTrue();
			assertThat(gauge(context, ListenerGauges.RECEIVING)).isEqualTo(1);
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			emulator.faults().onAttachReceiver("orders").always().refuse(FaultError.internalError());
			emulator.faults().detachLinks("orders", FaultError.internalError());
			await().atMost(PATIENCE).until(() -> !state(context).receiving());
			assertThat(state(context).failure()).isNotNull();
			assertThat(state(context).isHealthy()).isFalse();
			assertThat(gauge(context, ListenerGauges.RECEIVING)).isZero();
			emulator.faults().clear();
			await().atMost(PATIENCE).until(() -> state(context).isHealthy());
			assertThat(gauge(context, ListenerGauges.RECEIVING)).isEqualTo(1);
		});
	}

	@Test
	void listenerThatHangsIsAnEventAndShowsInTheGauges() {
		this.runner
			.withPropertyValues("servicebus.listeners.orders.stuck-after=200ms",
					"servicebus.listener.shutdown-timeout=0s")
			.run((context) -> {
				context.getBean(ServiceBusTemplate.class).send("orders", "hang");
				ListenerEvent.Stuck event = context.getBean(Orders.class).stuck.poll(20, TimeUnit.SECONDS);
				assertThat(event).isNotNull();
				assertThat(event.stack()).extracting(StackTraceElement::getClassName).contains(Orders.class.getName());
				assertThat(gauge(context, ListenerGauges.STUCK)).isEqualTo(1);
				assertThat(gauge(context, ListenerGauges.IN_FLIGHT)).isEqualTo(1);
				assertThat(gauge(context, ListenerGauges.CONCURRENCY)).isEqualTo(1);
				assertThat(gauge(context, ListenerGauges.LAST_DELIVERY_AGE)).isPositive();
				assertThat(gauge(context, ListenerGauges.OLDEST_IN_FLIGHT_AGE)).isPositive();
				assertThat(state(context).isHealthy()).isFalse();
				context.getBean(Orders.class).release.countDown();
				await().atMost(PATIENCE).until(() -> state(context).isHealthy());
			});
	}

	@Test
	void listenerThatIsUnregisteredTakesItsGaugesAlong() {
		this.runner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.find(ListenerGauges.IN_FLIGHT).gauges()).hasSize(1);
			context.getBean(ServiceBusListenerEndpointRegistry.class).unregister("orders");
			assertThat(meters.find(ListenerGauges.IN_FLIGHT).gauges()).isEqualTo(List.of());
		});
	}

	private static ListenerState state(AssertableApplicationContext context) {
		return context.getBean(ServiceBusListenerEndpointRegistry.class).getListenerContainer("orders").state();
	}

	private static double gauge(AssertableApplicationContext context, String name) {
		return context.getBean(MeterRegistry.class).get(name).tag("servicebus.listener.id", "orders").gauge().value();
	}

	static class Orders {

		final BlockingQueue<ListenerEvent.SettlementFailed> failures = new LinkedBlockingQueue<>();

		final BlockingQueue<ListenerEvent.Stuck> stuck = new LinkedBlockingQueue<>();

		final CountDownLatch release = new CountDownLatch(1);

		@ServiceBusListener(queue = "orders", id = "orders")
		void handle(String order) throws InterruptedException {
			if (order.equals("hang")) {
				this.release.await(30, TimeUnit.SECONDS);
			}
		}

		@EventListener
		void on(ListenerEvent.SettlementFailed event) {
			this.failures.add(event);
		}

		@EventListener
		void on(ListenerEvent.Stuck event) {
			this.stuck.add(event);
		}

	}

}
