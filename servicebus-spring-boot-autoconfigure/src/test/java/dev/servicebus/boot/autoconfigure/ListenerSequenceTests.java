package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.endpoint.ListenerSequence;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.BackPressure;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Groups of listeners that run one after another, and limits that several share, in an
 * application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenerSequenceTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class));

	@Test
	void nextGroupStartsWhenTheOneBeforeIsIdle() {
		this.runner.withUserConfiguration(Nightly.class)
			.withPropertyValues("servicebus.listener.auto-startup=false",
					"servicebus.listener.idle-event-interval=300ms")
			.run((context) -> {
				assertThat(isRunning(context, "orders")).isTrue();
				assertThat(isRunning(context, "report")).isFalse();
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				template.send("report", "report");
				template.send("orders", "order");
				template.send("payments", "payment");
				await().atMost(PATIENCE).until(() -> context.getBean(Nightly.class).handled.contains("report"));
				assertThat(context.getBean(Nightly.class).handled).last().isEqualTo("report");
				assertThat(isRunning(context, "orders")).isFalse();
				assertThat(isRunning(context, "payments")).isFalse();
				await().atMost(PATIENCE).until(() -> !isRunning(context, "report"));
				assertThat(context.getBean(ListenerSequence.class).isRunning()).isTrue();
			});
	}

	@Test
	void listenerThatStartsByItselfOrIsNeverIdleIsRefused() {
		this.runner.withUserConfiguration(Nightly.class)
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("of a sequence must have autoStartup = false"));
		this.runner.withUserConfiguration(Nightly.class)
			.withPropertyValues("servicebus.listener.auto-startup=false")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("of a sequence needs an idleEventInterval"));
	}

	@Test
	void groupsMustMakeSense() {
		ServiceBusListenerEndpointRegistry registry = new ServiceBusListenerEndpointRegistry();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ListenerSequence(registry, List.of(Set.of("a"), Set.of("b", "a"))))
			.withMessageContaining("'a' is in two groups");
		assertThatIllegalArgumentException().isThrownBy(() -> new ListenerSequence(registry, List.of(Set.of())))
			.withMessageContaining("must not be empty");
	}

	@Test
	void backPressureOfTheApplicationHoldsItsListenersBack() {
		this.runner.withUserConfiguration(Nightly.class)
			.withBean(Valve.class)
			.withPropertyValues("servicebus.listener.auto-startup=false", "servicebus.listener.idle-event-interval=1h")
			.run((context) -> {
				Valve valve = context.getBean(Valve.class);
				await().atMost(PATIENCE).until(() -> valve.limits.size() == 2);
				context.getBean(ServiceBusTemplate.class).send("orders", "order");
				ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
				assertThat(emulator.queue("orders").messages()).hasSize(1);
				valve.limits.values().forEach((limit) -> limit.accept(1));
				await().atMost(PATIENCE).until(() -> context.getBean(Nightly.class).handled.contains("order"));
			});
	}

	private static boolean isRunning(AssertableApplicationContext context, String id) {
		return context.getBean(ServiceBusListenerEndpointRegistry.class).getListenerContainer(id).isRunning();
	}

	@Configuration(proxyBeanMethods = false)
	static class Nightly {

		final List<String> handled = new CopyOnWriteArrayList<>();

		@ServiceBusListener(queue = "orders", id = "orders")
		void order(String body) {
			this.handled.add(body);
		}

		@ServiceBusListener(queue = "payments", id = "payments")
		void payment(String body) {
			this.handled.add(body);
		}

		@ServiceBusListener(queue = "report", id = "report")
		void report(String body) {
			this.handled.add(body);
		}

		@Bean
		ListenerSequence sequence(ServiceBusListenerEndpointRegistry registry) {
			return new ListenerSequence(registry, List.of(Set.of("orders", "payments"), Set.of("report")));
		}

	}

	/** Lets nothing come before it is opened. */
	static class Valve implements BackPressure {

		final Map<String, IntConsumer> limits = new ConcurrentHashMap<>();

		@Override
		public void begin(String listenerId, IntConsumer limit) {
			limit.accept(0);
			this.limits.put(listenerId, limit);
		}

	}

}
