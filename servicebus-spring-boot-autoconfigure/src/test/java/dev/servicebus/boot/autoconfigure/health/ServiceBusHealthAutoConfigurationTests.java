package dev.servicebus.boot.autoconfigure.health;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.boot.autoconfigure.ServiceBusAutoConfiguration;
import dev.servicebus.boot.autoconfigure.ServiceBusEmulatorAutoConfiguration;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.template.ServiceBusTemplate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Health follows the links of the listeners.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServiceBusHealthAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusEmulatorAutoConfiguration.class,
				ServiceBusAutoConfiguration.class, ServiceBusHealthAutoConfiguration.class))
		.withPropertyValues("servicebus.emulator.auto-create=false", "servicebus.retry.delay=10ms",
				"servicebus.retry.max-delay=100ms");

	@Test
	void listenersAreDownForAsLongAsTheirQueueIsMissing() {
		this.runner.withUserConfiguration(Orders.class).run((context) -> {
			awaitStatus(context, Status.DOWN);
			assertThat(orders(context)).containsEntry("state", "hindered")
				.extractingByKey("error", InstanceOfAssertFactories.STRING)
				.contains("MessagingEntityNotFoundException", "orders");
			context.getBean(ServiceBusEmulator.class).createQueue("orders");
			awaitStatus(context, Status.UP);
			assertThat(orders(context)).containsEntry("state", "receiving").doesNotContainKey("error");
		});
	}

	@Test
	void listenersThatSomebodyPausedOrStoppedAreNoFault() {
		this.runner.withUserConfiguration(Queue.class, Orders.class).run((context) -> {
			awaitStatus(context, Status.UP);
			ServiceBusListenerContainer container = container(context);
			container.pause();
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(orders(context)).containsEntry("state", "paused");
			container.stop();
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(orders(context)).containsEntry("state", "stopped");
		});
	}

	@Test
	void errorOfTheVirtualMachineIsAFaultUntilTheListenerIsStartedAgain() {
		this.runner.withUserConfiguration(Queue.class, Orders.class).run((context) -> {
			context.getBean(ServiceBusTemplate.class).send("orders", "too much");
			awaitStatus(context, Status.DOWN);
			assertThat(orders(context)).containsEntry("state", "failed")
				.containsEntry("error", "java.lang.OutOfMemoryError: too much");
			container(context).stop();
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			context.getBean(ServiceBusEmulator.class).purge();
			container(context).start();
			awaitStatus(context, Status.UP);
		});
	}

	@Test
	void listenerOfWhichAllHandlersHangIsAFault() {
		this.runner.withUserConfiguration(Queue.class, Hanging.class)
			.withPropertyValues("servicebus.listener.stuck-after=100ms")
			.run((context) -> {
				context.getBean(ServiceBusTemplate.class).send("orders", "long");
				awaitStatus(context, Status.DOWN);
				assertThat(orders(context)).containsEntry("state", "stuck").containsEntry("stuck", 1);
				context.getBean(Hanging.class).end.countDown();
				awaitStatus(context, Status.UP);
			});
	}

	@Test
	void nothingIsKnownWithoutListeners() {
		this.runner.run((context) -> assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN));
	}

	@Test
	void canBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.servicebus.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void applicationsWithoutActuatorStart() {
		this.runner.withClassLoader(new FilteredClassLoader(HealthContributor.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("servicebusHealthContributor"));
	}

	private static void awaitStatus(ApplicationContext context, Status status) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(health(context).getStatus()).isEqualTo(status));
	}

	private static Health health(ApplicationContext context) {
		Health health = context.getBean("servicebusHealthContributor", HealthIndicator.class).health();
		return Objects.requireNonNull(health);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> orders(ApplicationContext context) {
		return (Map<String, Object>) ((Map<String, Object>) health(context).getDetails().get("listeners"))
			.get("orders");
	}

	private static ServiceBusListenerContainer container(ApplicationContext context) {
		return context.getBean(ServiceBusListenerEndpointRegistry.class).getListenerContainer("orders");
	}

	static class Queue {

		Queue(ServiceBusEmulator emulator) {
			emulator.createQueue("orders");
		}

	}

	static class Hanging {

		final CountDownLatch end = new CountDownLatch(1);

		@ServiceBusListener(queue = "orders", id = "orders")
		void handle(String order) throws InterruptedException {
			assertThat(this.end.await(30, TimeUnit.SECONDS)).isTrue();
		}

	}

	static class Orders {

		@ServiceBusListener(queue = "orders", id = "orders")
		void handle(String order) {
			throw new OutOfMemoryError(order);
		}

	}

}
