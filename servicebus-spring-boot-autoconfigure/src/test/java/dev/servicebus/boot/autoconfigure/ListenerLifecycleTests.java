package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Contexts with listeners begin, work and end, and leave nothing.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ListenerLifecycleTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusEmulatorAutoConfiguration.class, ServiceBusAutoConfiguration.class))
		.withUserConfiguration(Handlers.class);

	@Test
	void fiftyContextsLeaveNoThread() {
		Set<Thread> before = threads();
		for (int i = 0; i < 50; i++) {
			this.runner.run((context) -> {
				context.getBean(ServiceBusTemplate.class).send("orders", "order");
				assertThat(context.getBean(Handlers.class).handled.await(20, TimeUnit.SECONDS)).isTrue();
			});
		}
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(threads()).filteredOn((thread) -> !before.contains(thread)).isEmpty());
	}

	@Test
	void contextEndsWhateverItsListenersWereDoing() {
		this.runner.run((context) -> {
			ServiceBusListenerEndpointRegistry registry = context.getBean(ServiceBusListenerEndpointRegistry.class);
			registry.getListenerContainer("stopped").stop();
			registry.getListenerContainer("paused").pause();
			long began = System.nanoTime();
			context.close();
			assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
			assertThat(registry.getListenerContainers()).noneMatch((container) -> container.isRunning());
		});
	}

	@Test
	void phaseIsAProperty() {
		this.runner.run((context) -> assertThat(context.getBean(ServiceBusListenerEndpointRegistry.class).getPhase())
			.isEqualTo(ListenerOptions.DEFAULT_PHASE));
		this.runner.withPropertyValues("servicebus.listener.phase=7")
			.run((context) -> assertThat(context.getBean(ServiceBusListenerEndpointRegistry.class).getPhase())
				.isEqualTo(7));
		this.runner.withPropertyValues("servicebus.listener.phase=late")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasStackTraceContaining("servicebus.listener.phase"));
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> List.of("servicebus", "netty", "multi").stream().anyMatch(thread.getName()::startsWith))
			.collect(Collectors.toSet());
	}

	static class Handlers {

		final CountDownLatch handled = new CountDownLatch(1);

		@ServiceBusListener(queue = "orders")
		void handle(String order) {
			this.handled.countDown();
		}

		@ServiceBusListener(queue = "stopped", id = "stopped")
		void stopped(String order) {
		}

		@ServiceBusListener(queue = "paused", id = "paused")
		void paused(String order) {
		}

	}

}
