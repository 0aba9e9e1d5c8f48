package dev.servicebus.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.invoke.ListenerMessage;
import dev.servicebus.listener.support.FakeClient;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods may ask for the container that calls them.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ContainerArgumentTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeEach
	void start() {
		this.context.register(ListenerTestConfiguration.class, Listeners.class, AttemptResolver.class);
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void containerAndTargetAreArguments() {
		publish("orders");
		assertThat(listeners().arguments).containsExactly("orders order-listener running", "2");
		assertThat(this.context.getBean(ServiceBusListenerEndpointRegistry.class)
			.getListenerContainer("order-listener")
			.isPaused()).isTrue();
	}

	@Test
	void subscriptionsAndBatchesHaveThemToo() {
		publish("events/Subscriptions/audit");
		assertThat(listeners().arguments).containsExactly("events/Subscriptions/audit of 1");
	}

	@Test
	void resolversOfTheApplicationSeeTheContext() {
		publish("counted");
		assertThat(listeners().arguments).containsExactly("counted: 1");
	}

	private void publish(String path) {
		this.context.getBean(FakeClient.class).source(path).publish(FakeClient.message("hello"));
	}

	private Listeners listeners() {
		return this.context.getBean(Listeners.class);
	}

	static class Listeners {

		final List<String> arguments = new ArrayList<>();

		@ServiceBusListener(id = "order-listener", queue = "orders", concurrency = "2")
		void order(String body, ServiceBusListenerContainer container, ListenerTarget target) {
			this.arguments.add(target + " " + container.id() + (container.isRunning() ? " running" : ""));
			this.arguments.add(String.valueOf(container.options().concurrency()));
			container.pause();
		}

		@ServiceBusListener(topic = "events", subscription = "audit", batch = "1")
		void audit(List<String> bodies, ListenerTarget target) {
			this.arguments.add(target + " of " + bodies.size());
		}

		@ServiceBusListener(id = "counted", queue = "counted")
		void count(Attempt attempt) {
			this.arguments.add(attempt.listener() + ": " + attempt.number());
		}

	}

	record Attempt(String listener, int number) {

	}

	static class AttemptResolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Attempt.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, Message<?> message) {
			ListenerMessage<?> handled = (ListenerMessage<?>) message;
			return new Attempt(handled.listenerId(), handled.contexts().get(0).attempt());
		}

	}

}
