package dev.servicebus.annotation;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.converter.ServiceBusHeaderAccessor;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.message.ServiceBusMessage;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers by their types, empty bodies, and arguments of an application's own.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ServiceBusListenerHeaderTests {

	private static final UUID ID = new UUID(1, 2);

	private static final OffsetDateTime NOON = OffsetDateTime.of(2030, 1, 1, 12, 0, 0, 0, ZoneOffset.UTC);

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeEach
	void start() {
		this.context.register(ListenerTestConfiguration.class, Listeners.class, OwnArguments.class);
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void headersKeepTheirTypes() {
		publish("typed", properties(NOON.toInstant(), Duration.ofMinutes(5), ID, "LARGE"));
		assertThat(calls()).containsExactly(NOON.toInstant(), NOON, Duration.ofMinutes(5), ID, Size.LARGE);
	}

	@Test
	void headersThatWereSentAsTextAreConverted() {
		publish("typed", properties(NOON.toString(), "PT5M", ID.toString(), "LARGE"));
		assertThat(calls()).containsExactly(NOON.toInstant(), NOON, Duration.ofMinutes(5), ID, Size.LARGE);
	}

	@Test
	void headersOfTheBrokerAreReadThroughAnAccessor() {
		publish("accessor",
				ServiceBusMessage.builder()
					.messageId("7")
					.subject("created")
					.timeToLive(Duration.ofHours(1))
					.applicationProperty("colour", "red"));
		assertThat(calls()).containsExactly("7", "created", Duration.ofHours(1), "red", 0L, null);
	}

	@Test
	void allHeadersComeAsOneObject() {
		publish("headers", ServiceBusMessage.builder().applicationProperty("colour", "red"));
		assertThat(calls()).containsExactly("red");
	}

	@Test
	void emptyBodyIsNoPayloadIfTheMethodDoesNotRequireOne() {
		publish("optional", ServiceBusMessage.builder());
		publish("optional", ServiceBusMessage.builder().body("{\"number\":7}"));
		assertThat(calls()).containsExactly("nothing", new Order(7));
		publish("not-required", ServiceBusMessage.builder());
		assertThat(calls()).hasSize(3).last().isNull();
		publish("nullable", ServiceBusMessage.builder());
		assertThat(calls()).hasSize(4).last().isNull();
		assertThat(source("optional").dispositions()).containsOnly(new Disposition.Complete());
	}

	@Test
	void emptyBodyIsDeadLetteredIfTheMethodRequiresAPayload() {
		publish("required", ServiceBusMessage.builder());
		assertThat(calls()).isEmpty();
		assertThat(source("required").dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	@Test
	void emptyTextAndBytesAreTakenIfNotRequired() {
		publish("bytes", ServiceBusMessage.builder());
		assertThat(source("bytes").dispositions()).containsExactly(new Disposition.Complete());
	}

	@Test
	void attemptAndDeliveriesAreKnown() {
		publish("attempt", ServiceBusMessage.builder());
		assertThat(calls()).containsExactly(1, "context", 0L);
	}

	@Test
	void argumentsOfTheApplicationAreResolvedByItsBeans() {
		publish("own", ServiceBusMessage.builder().applicationProperty("tenant", "acme"));
		publish("own-batch", ServiceBusMessage.builder().body("x"));
		assertThat(calls()).containsExactly(new Tenant("acme"), new Tenant("nobody"));
	}

	private static ServiceBusMessage.Builder properties(Object when, Object duration, Object id, Object size) {
		return ServiceBusMessage.builder()
			.applicationProperties(Map.of("when", when, "length", duration, "id-of-order", id, "size", size));
	}

	private void publish(String queue, ServiceBusMessage.Builder message) {
		source(queue).publish(FakeClient.message(message.build()));
	}

	private List<Object> calls() {
		return this.context.getBean(Listeners.class).calls;
	}

	private FakeSource source(String queue) {
		return this.context.getBean(FakeClient.class).source(queue);
	}

	static class Listeners {

		final List<Object> calls = new ArrayList<>();

		@ServiceBusListener(queue = "typed")
		void typed(@Header Instant when, @Header("when") OffsetDateTime time, @Header Duration length,
				@Header("id-of-order") UUID id, @Header Size size) {
			this.calls.addAll(List.of(when, time, length, id, size));
		}

		@ServiceBusListener(queue = "accessor")
		void accessor(ServiceBusHeaderAccessor headers) {
			this.calls.addAll(Arrays.asList(headers.messageId(), headers.subject(), headers.timeToLive(),
					headers.getHeader("colour"), headers.deliveryCount(), headers.deadLetterReason()));
		}

		@ServiceBusListener(queue = "headers")
		void headers(MessageHeaders headers) {
			this.calls.add(headers.get("colour"));
		}

		@ServiceBusListener(queue = "nullable")
		void nullable(@Nullable Order order) {
			this.calls.add(order);
		}

		@ServiceBusListener(queue = "optional")
		void optional(Optional<Order> order) {
			this.calls.add(order.<Object>map((present) -> present).orElse("nothing"));
		}

		@ServiceBusListener(queue = "not-required")
		void notRequired(@Payload(required = false) Order order) {
			this.calls.add(order);
		}

		@ServiceBusListener(queue = "required")
		void required(Order order) {
			this.calls.add(order);
		}

		@ServiceBusListener(queue = "bytes")
		void bytes(@Payload(required = false) byte[] bytes) {
		}

		@ServiceBusListener(queue = "attempt", id = "context")
		void attempt(ListenerContext context, @Header("servicebus_deliveryCount") long deliveries) {
			this.calls.addAll(List.of(context.attempt(), context.listenerId(), deliveries));
		}

		@ServiceBusListener(queue = "own")
		void own(Tenant tenant) {
			this.calls.add(tenant);
		}

		@ServiceBusListener(queue = "own-batch", batch = "1")
		void ownBatch(List<String> bodies, Tenant tenant) {
			this.calls.add(tenant);
		}

	}

	static class OwnArguments {

		@Bean
		HandlerMethodArgumentResolver tenants() {
			return new HandlerMethodArgumentResolver() {

				@Override
				public boolean supportsParameter(MethodParameter parameter) {
					return parameter.getParameterType() == Tenant.class;
				}

				@Override
				public Object resolveArgument(MethodParameter parameter, Message<?> message) {
					return new Tenant(String.valueOf(message.getHeaders().getOrDefault("tenant", "nobody")));
				}

			};
		}

	}

	record Tenant(String name) {

	}

	record Order(int number) {

	}

	enum Size {

		SMALL, LARGE

	}

}
