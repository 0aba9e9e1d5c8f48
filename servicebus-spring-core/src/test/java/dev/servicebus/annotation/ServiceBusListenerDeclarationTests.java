package dev.servicebus.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.SubQueue;
import dev.servicebus.client.retry.RetryMode;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.StartupPolicy;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ways to declare listeners, and how they live with their application.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ServiceBusListenerDeclarationTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void attributesBecomeTargetAndOptions() {
		start(AllAttributes.class, Map.of("app.topic", "events", "app.concurrency", "4"));
		ServiceBusListenerContainer container = container("everything");
		assertThat(container.target())
			.isEqualTo(ListenerTarget.subscription("events", "audit").withSubQueue(SubQueue.DEAD_LETTER));
		ListenerOptions options = container.options();
		assertThat(options.concurrency()).isEqualTo(Concurrency.of(4));
		assertThat(options.prefetch()).isEqualTo(20);
		assertThat(options.settlement()).isEqualTo(SettlementMode.MANUAL);
		assertThat(options.maxLockRenewal()).isEqualTo(Duration.ofMinutes(10));
		assertThat(options.retry().mode()).isEqualTo(RetryMode.FIXED);
		assertThat(options.retry().maxAttempts()).isEqualTo(2);
		assertThat(options.autoStartup()).isFalse();
		assertThat(options.shutdownTimeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(options.startupPolicy()).isEqualTo(StartupPolicy.FAIL);
		assertThat(container.isRunning()).isFalse();
	}

	@Test
	void idIsMadeOfBeanAndMethodAndNumberedWhereThatIsNotUnique() {
		start(Repeated.class, Map.of());
		assertThat(registry().getListenerContainers()).extracting(ServiceBusListenerContainer::id)
			.containsExactlyInAnyOrder("repeated-handle", "repeated-handle#2");
		assertThat(registry().getListenerContainers()).extracting((container) -> container.target().toString())
			.containsExactlyInAnyOrder("one", "two");
	}

	@Test
	void composedAnnotationOverridesAttributes() {
		start(Composed.class, Map.of());
		ServiceBusListenerContainer container = container("composed-handle");
		assertThat(container.target()).isEqualTo(ListenerTarget.queue("orders"));
		assertThat(container.options().concurrency()).isEqualTo(Concurrency.of(3));
	}

	@Test
	void errorHandlerBeanDecides() {
		start(WithErrorHandler.class, Map.of());
		FakeSource source = source("orders");
		source.publish(FakeClient.message("order"));
		assertThat(source.dispositions()).containsExactly(new Disposition.Defer(Map.of()));
	}

	@Test
	void listenersCanBeRegisteredInCode() {
		start(Programmatic.class, Map.of());
		FakeSource source = source("orders");
		source.publish(FakeClient.message("order"));
		assertThat(source.dispositions()).containsExactly(new Disposition.Complete());
		assertThat(this.context.getBean(Programmatic.class).bodies).containsExactly("order");
	}

	@Test
	void listenerOfALazyBeanStartsWithTheBean() {
		start(LazyConfiguration.class, Map.of());
		assertThat(registry().getListenerContainers()).isEmpty();
		this.context.getBean(Repeated.class);
		assertThat(registry().getListenerContainers()).hasSize(2).allMatch(ServiceBusListenerContainer::isRunning);
	}

	@Test
	void containersRunWhileTheApplicationRunsAndComeBackWithIt() {
		start(Repeated.class, Map.of());
		ServiceBusListenerEndpointRegistry registry = registry();
		assertThat(registry.getListenerContainers()).allMatch(ServiceBusListenerContainer::isRunning);
		this.context.stop();
		assertThat(registry.getListenerContainers()).noneMatch(ServiceBusListenerContainer::isRunning);
		this.context.start();
		assertThat(registry.getListenerContainers()).allMatch(ServiceBusListenerContainer::isRunning);
		this.context.close();
		assertThat(registry.getListenerContainers()).noneMatch(ServiceBusListenerContainer::isRunning);
	}

	private void start(Class<?> configuration, Map<String, Object> properties) {
		this.context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
		this.context.register(ListenerTestConfiguration.class);
		this.context.registerBean(beanName(configuration), configuration);
		this.context.refresh();
	}

	private static String beanName(Class<?> type) {
		return Character.toLowerCase(type.getSimpleName().charAt(0)) + type.getSimpleName().substring(1);
	}

	private ServiceBusListenerEndpointRegistry registry() {
		return this.context.getBean(ServiceBusListenerEndpointRegistry.class);
	}

	private ServiceBusListenerContainer container(String id) {
		return registry().getListenerContainer(id);
	}

	private FakeSource source(String queue) {
		return this.context.getBean(FakeClient.class).source(queue);
	}

	static class AllAttributes {

		@ServiceBusListener(id = "everything", topic = "${app.topic}", subscription = "#{'au' + 'dit'}",
				subQueue = "dead-letter", concurrency = "${app.concurrency}", prefetch = "${app.prefetch:20}",
				settlement = "manual", retry = "fixed 2s attempts 2", maxLockRenewal = "10m", autoStartup = "false",
				properties = { "shutdownTimeout=5s", "startupPolicy = fail" })
		void handle(String body) {
		}

	}

	static class Repeated {

		@ServiceBusListener(queue = "one")
		@ServiceBusListener(queue = "two")
		void handle(String body) {
		}

	}

	static class Composed {

		@OrderListener(parallel = "3")
		void handle(String body) {
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@ServiceBusListener(queue = "orders")
	@interface OrderListener {

		@AliasFor(annotation = ServiceBusListener.class, attribute = "concurrency")
		String parallel() default "";

	}

	static class WithErrorHandler {

		@Bean
		ErrorHandler deferring() {
			return (failure) -> Outcome.defer();
		}

		@ServiceBusListener(queue = "orders", errorHandler = "deferring")
		void handle(String body) {
			throw new IllegalStateException("failed");
		}

	}

	static class Programmatic {

		final List<String> bodies = new ArrayList<>();

		@Bean
		ServiceBusListenerConfigurer listeners() {
			return (registrar) -> registrar.register("orders", ListenerTarget.queue("orders"),
					(message, context) -> this.bodies.add(message.bodyAsString()));
		}

	}

	static class LazyConfiguration {

		@Bean
		@Lazy
		Repeated repeated() {
			return new Repeated();
		}

	}

}
