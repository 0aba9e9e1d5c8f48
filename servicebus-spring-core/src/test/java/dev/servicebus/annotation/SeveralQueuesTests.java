package dev.servicebus.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.servicebus.client.SubQueue;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.listener.container.ServiceBusListenerContainer;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Listeners of several queues: a container for each of them.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class SeveralQueuesTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void eachQueueHasItsOwnContainerWithTheOptionsOfTheListener() {
		start(Shop.class);
		assertThat(registry().getListenerContainers("orders")).extracting(ServiceBusListenerContainer::id)
			.containsExactlyInAnyOrder("orders-eu", "orders-us");
		assertThat(registry().getListenerContainers("orders"))
			.allMatch((container) -> container.options().concurrency().equals(Concurrency.of(3)));
		assertThat(registry().getListenerContainer("orders-us").target()).isEqualTo(ListenerTarget.queue("us"));
		source("eu").publish(FakeClient.message("a"));
		source("us").publish(FakeClient.message("b"));
		assertThat(this.context.getBean(Shop.class).calls).containsExactly("orders-eu a", "orders-us b", "recovered");
	}

	@Test
	void oneQueueIsPausedAloneAndAllOfThemTogether() {
		start(Shop.class);
		registry().getListenerContainer("orders-eu").pause();
		source("eu").publish(FakeClient.message("waits"));
		source("us").publish(FakeClient.message("a"));
		assertThat(this.context.getBean(Shop.class).calls).containsExactly("orders-us a");
		registry().getListenerContainers("orders").forEach(ServiceBusListenerContainer::pause);
		assertThat(registry().getListenerContainers("orders")).allMatch(ServiceBusListenerContainer::isPaused);
		registry().getListenerContainers("orders").forEach(ServiceBusListenerContainer::resume);
		assertThat(this.context.getBean(Shop.class).calls).containsExactly("orders-us a", "orders-eu waits");
	}

	@Test
	void queuesComeFromPlaceholdersAndExpressions() {
		start(Resolved.class);
		assertThat(registry().getListenerContainers("resolved-handle"))
			.extracting((container) -> container.target().entity())
			.containsExactlyInAnyOrder("one", "two", "three", "four", "five");
		assertThat(registry().getListenerContainers("resolved-handle"))
			.allMatch((container) -> container.target().subQueue() == SubQueue.DEAD_LETTER);
		assertThat(registry().getListenerContainers("resolved-handle#2"))
			.extracting((container) -> container.target().entity())
			.containsExactly("single");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"Twice      | queue = \"eu\", \"EU\": 'EU' is named twice",
			"QueuesAndTopic | queue = \"eu\", \"us\", topic = \"events\"",
			"NoQueues   | queue = \"#{{}}\": name a queue",
			"SharedRetryQueue | 'shop-handle-us' cannot have the retry queue 'later', which must belong to it alone" })
	void whatContradictsItselfIsRefused(String listener, String reason) throws Exception {
		Class<?> type = Class.forName(getClass().getName() + "$" + listener);
		this.context.register(ListenerTestConfiguration.class);
		this.context.registerBean("shop", type);
		assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(this.context::refresh)
			.withMessageContainingAll(listener + ".handle(String)' of bean 'shop'", reason);
	}

	@Test
	void retryQueueThatAnotherListenerUsesIsRefused() {
		this.context.register(ListenerTestConfiguration.class);
		this.context.registerBean("shop", RetryQueueOfAnother.class);
		assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(this.context::refresh)
			.withMessageContainingAll("'billing' cannot have the retry queue 'later'", "listener 'later' uses it, too");
	}

	private void start(Class<?> configuration) {
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("app.queues", "one, two")));
		this.context.register(ListenerTestConfiguration.class);
		this.context.registerBean(configuration.getSimpleName().toLowerCase(Locale.ROOT), configuration);
		this.context.refresh();
	}

	private ServiceBusListenerEndpointRegistry registry() {
		return this.context.getBean(ServiceBusListenerEndpointRegistry.class);
	}

	private FakeSource source(String queue) {
		return this.context.getBean(FakeClient.class).source(queue);
	}

	static class Shop {

		final List<String> calls = new ArrayList<>();

		@ServiceBusListener(id = "orders", queue = { "eu", "us" }, concurrency = "3", retry = "none")
		void handle(String body, ListenerContext context) {
			this.calls.add(context.listenerId() + " " + body);
			if (body.equals("b")) {
				throw new IllegalStateException("failed");
			}
		}

		@DeadLetterHandler(listeners = "orders")
		void recover() {
			this.calls.add("recovered");
		}

	}

	static class Resolved {

		@Bean
		List<String> names() {
			return List.of("three", "four");
		}

		@ServiceBusListener(queue = { "${app.queues}", "#{@names}", "five" }, subQueue = "dead-letter")
		@ServiceBusListener(queue = "#{ { 'single' } }")
		void handle(String body) {
		}

	}

	static class Twice {

		@ServiceBusListener(queue = { "eu", "EU" })
		void handle(String body) {
		}

	}

	static class QueuesAndTopic {

		@ServiceBusListener(queue = "eu, us", topic = "events", subscription = "audit")
		void handle(String body) {
		}

	}

	static class NoQueues {

		@ServiceBusListener(queue = "#{{}}")
		void handle(String body) {
		}

	}

	static class SharedRetryQueue {

		@ServiceBusListener(queue = { "eu", "us" }, properties = "retryQueue=later")
		void handle(String body) {
		}

	}

	static class RetryQueueOfAnother {

		@ServiceBusListener(id = "billing", topic = "events", subscription = "billing", properties = "retryQueue=later")
		void handle(String body) {
		}

		@ServiceBusListener(id = "later", queue = "later")
		void later(String body) {
		}

	}

}
