package dev.servicebus.annotation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.client.SessionCannotBeLockedException;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.converter.JsonPayloads;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.SessionContext;
import dev.servicebus.listener.SessionFailurePolicy;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.listener.SessionState;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.container.ListenerThreads;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.message.ServiceBusMessage;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Annotated methods that take sessions, on sockets and threads.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionListenerTests {

	@Test
	void stateIsLoadedConvertedAndSavedWithEachMessage() {
		try (AnnotationConfigApplicationContext context = context(Basket.class)) {
			send(context, "s1", "1", "2", "3");
			send(context, "s2", "10");
			await().untilAsserted(() -> assertThat(left(context)).isZero());
			context.getBean(ServiceBusListenerEndpointRegistry.class).stop();
			assertThat(state(context, "s1")).isEqualTo("{\"sum\":6,\"items\":[1,2,3]}");
			assertThat(state(context, "s2")).isEqualTo("{\"sum\":10,\"items\":[10]}");
			assertThat(context.getBean(Basket.class).ids).contains("s1", "s2");
		}
	}

	@Test
	void failedAttemptLeavesTheStateAsItWas() {
		try (AnnotationConfigApplicationContext context = context(Flaky.class)) {
			send(context, "s1", "a", "b");
			await().untilAsserted(() -> assertThat(left(context)).isZero());
			context.getBean(ServiceBusListenerEndpointRegistry.class).stop();
			assertThat(context.getBean(Flaky.class).seen).containsExactly("null", "null", "a", "a");
			assertThat(state(context, "s1")).isEqualTo("b");
		}
	}

	@Test
	void clearedStateIsGone() {
		try (AnnotationConfigApplicationContext context = context(Clearing.class)) {
			send(context, "s1", "keep", "clear");
			await().untilAsserted(() -> assertThat(left(context)).isZero());
			context.getBean(ServiceBusListenerEndpointRegistry.class).stop();
			assertThat(state(context, "s1")).isNull();
		}
	}

	@Test
	void attributesAndPropertiesOfTheAnnotationReachTheOptions() {
		try (AnnotationConfigApplicationContext context = context(Configured.class)) {
			ListenerOptions options = context.getBean(ServiceBusListenerEndpointRegistry.class)
				.getListenerContainer("configured")
				.options();
			assertThat(options.sessions()).isEqualTo(new SessionOptions(true, List.of("a", "b", "c"),
					Duration.ofSeconds(3), 2, SessionFailurePolicy.SKIP));
		}
	}

	@Test
	void thousandSessionsAreHandledInOrder() {
		try (AnnotationConfigApplicationContext context = context(Ordered.class)) {
			int sessions = 1_000;
			for (int number = 0; number < 5; number++) {
				for (int session = 0; session < sessions; session++) {
					sendAsync(context, "s" + session, Integer.toString(number));
				}
			}
			Ordered ordered = context.getBean(Ordered.class);
			await().atMost(Duration.ofSeconds(50))
				.until(() -> ordered.count.get() == 5 * sessions && left(context) == 0);
			assertThat(ordered.handled).hasSize(sessions)
				.allSatisfy((session, numbers) -> assertThat(numbers).containsExactly("0", "1", "2", "3", "4"));
			assertThat(ordered.most.get()).isLessThanOrEqualTo(64);
		}
	}

	private static AnnotationConfigApplicationContext context(Class<?> listener) {
		return new AnnotationConfigApplicationContext(Infrastructure.class, listener);
	}

	private static void send(AnnotationConfigApplicationContext context, String session, String... bodies) {
		for (String body : bodies) {
			context.getBean(MessagingClient.class).sender("orders").send(message(session, body));
		}
	}

	private static void sendAsync(AnnotationConfigApplicationContext context, String session, String body) {
		context.getBean(MessagingClient.class).sender("orders").sendAsync(message(session, body));
	}

	private static ServiceBusMessage message(String session, String body) {
		return ServiceBusMessage.builder().body(body).sessionId(session).build();
	}

	private static int left(AnnotationConfigApplicationContext context) {
		return context.getBean(ServiceBusEmulator.class).queue("orders").messages().size();
	}

	private static String state(AnnotationConfigApplicationContext context, String session) {
		try (SessionReceiver receiver = accept(context.getBean(MessagingClient.class), session)) {
			return receiver.session().getStateAsString();
		}
	}

	/** The listener's link may not be closed yet. */
	private static SessionReceiver accept(MessagingClient client, String session) {
		return await().ignoreException(SessionCannotBeLockedException.class)
			.until(() -> client.acceptSession(ReceiverOptions.queue("orders"), session), Objects::nonNull);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableServiceBus
	static class Infrastructure {

		@Bean
		ServiceBusEmulator emulator() {
			return ServiceBusEmulator.builder()
				.queue("orders", EntityOptions.builder().requiresSession(true).build())
				.build()
				.start();
		}

		@Bean
		ServiceBusClient client(ServiceBusEmulator emulator) {
			return ServiceBusClient.builder().connectionString(emulator.connectionString()).build();
		}

		@Bean
		ListenerThreads listenerThreads() {
			return ListenerThreads.platform();
		}

		@Bean
		ServiceBusMessageConverter serviceBusMessageConverter() {
			return ServiceBusMessageConverter.of(JsonPayloads.converter(JsonMapper.builder().build()));
		}

		@Bean
		ServiceBusListenerContainerFactory serviceBusListenerContainerFactory(MessagingClient client,
				ListenerThreads threads) {
			return new ServiceBusListenerContainerFactory(new ContainerServices(client, threads.executor(),
					threads.scheduler(), RandomGenerator.getDefault(), new RecordingMonitor()));
		}

	}

	record Sum(int sum, List<Integer> items) {

		Sum plus(int number) {
			List<Integer> all = new ArrayList<>(this.items);
			all.add(number);
			return new Sum(this.sum + number, all);
		}

	}

	static class Basket {

		private final Map<String, Boolean> known = new ConcurrentHashMap<>();

		private final Set<String> ids = this.known.keySet();

		@ServiceBusListener(queue = "orders", sessions = "true", concurrency = "2")
		void handle(int number, ServiceBusSession session, SessionState<Sum> state) {
			this.known.put(session.sessionId(), true);
			Sum sum = state.get();
			state.set(((sum != null) ? sum : new Sum(0, List.of())).plus(number));
		}

	}

	static class Flaky {

		private final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@ServiceBusListener(queue = "orders", sessions = "true", retry = "fixed 10ms, attempts 3")
		void handle(String body, SessionState<String> state) {
			this.seen.add(String.valueOf(state.get()));
			state.set(body);
			if (this.seen.size() % 2 == 1) {
				throw new IllegalStateException("again");
			}
		}

	}

	static class Clearing {

		@ServiceBusListener(queue = "orders", sessions = "true")
		void handle(String body, SessionState<String> state) {
			if (body.equals("clear")) {
				state.clear();
			}
			else {
				state.set(body);
			}
		}

	}

	static class Configured {

		@ServiceBusListener(queue = "orders", id = "configured", autoStartup = "false",
				sessionIds = { "a", "#{{'b', 'c'}}" },
				properties = { "sessionIdleTimeout=3s", "sessionMaxConcurrentCalls=2", "sessionFailurePolicy=skip" })
		void handle(String body, SessionContext session) {
			session.release();
		}

	}

	static class Ordered {

		private final Map<String, Queue<String>> handled = new ConcurrentHashMap<>();

		private final AtomicInteger running = new AtomicInteger();

		private final AtomicInteger count = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		@ServiceBusListener(queue = "orders", sessions = "true", concurrency = "64",
				properties = "sessionIdleTimeout=100ms")
		void handle(String body, ServiceBusSession session) {
			this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max);
			this.handled.computeIfAbsent(session.sessionId(), (id) -> new ConcurrentLinkedQueue<>()).add(body);
			this.running.decrementAndGet();
			this.count.incrementAndGet();
		}

	}

}
