package dev.servicebus.annotation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.converter.ServiceBusHeaderAccessor;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.endpoint.ServiceBusListenerContainerFactory;
import dev.servicebus.endpoint.ServiceBusListenerEndpointRegistry;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.container.ContainerServices;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.listener.support.VirtualTime;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What attributes may refer to: the bean itself, values that are no text, converters of
 * their own, and a text about the listener.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ServiceBusListenerExpressionTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeEach
	void start() {
		this.context.register(ListenerTestConfiguration.class, Shop.class);
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void expressionsSeeTheBeanAndMayResultInOtherThingsThanText() {
		ListenerOptions options = this.context.getBean(ServiceBusListenerEndpointRegistry.class)
			.getListenerContainer("own")
			.options();
		assertThat(options.concurrency()).isEqualTo(Concurrency.of(4));
		assertThat(options.prefetch()).isEqualTo(7);
		assertThat(options.maxLockRenewal()).isEqualTo(Duration.ofMinutes(3));
		assertThat(options.autoStartup()).isTrue();
		source("own-queue").publish(FakeClient.message("order"));
		assertThat(source("own-queue").dispositions()).containsExactly(new Disposition.Defer(Map.of()));
	}

	@Test
	void converterOfAListenerMakesItsArgumentsAndReplies() {
		source("shouted").publish(FakeClient.message("order"));
		assertThat(calls()).containsExactly("Shout[text=ORDER]");
		assertThat(this.context.getBean(FakeClient.class).sends().sent()).singleElement()
			.satisfies((reply) -> assertThat(reply.body()).isEqualTo("!ORDER!"));
	}

	@Test
	void payloadConverterOfSpringIsEnough() {
		source("spring").publish(FakeClient.message("order"));
		assertThat(calls()).containsExactly("Shout[text=ORDER]");
	}

	@Test
	void infoIsAHeaderOfEachMessage() {
		source("informed").publish(FakeClient.message(
				ServiceBusMessage.of("order").mutate().messageId("1").applicationProperty("colour", "red").build()));
		source("informed-own").publish(FakeClient.message("order"));
		source("batches").publish(FakeClient.message("order"));
		this.context.getBean(VirtualTime.class).advance(Duration.ofSeconds(1));
		assertThat(calls()).containsExactly("retail order 1 red", "wholesale", "batches");
	}

	@Test
	void containerFactoryMayBeAnObject() {
		source("of-factory").publish(FakeClient.message("order"));
		assertThat(this.context.getBean(ServiceBusListenerEndpointRegistry.class)
			.getListenerContainer("of-factory")
			.options()
			.concurrency()).isEqualTo(Concurrency.of(9));
	}

	private FakeSource source(String queue) {
		return this.context.getBean(FakeClient.class).source(queue);
	}

	private List<String> calls() {
		return this.context.getBean(Shop.class).calls;
	}

	record Shout(String text) {

	}

	/** Reads and writes in capital letters. */
	static final class ShoutConverter implements MessageConverter {

		@Override
		public @Nullable Object fromMessage(Message<?> message, Class<?> type) {
			return (type == Shout.class) ? new Shout(new String((byte[]) message.getPayload()).toUpperCase()) : null;
		}

		@Override
		public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
			return MessageBuilder.withPayload(("!" + ((Shout) payload).text() + "!").getBytes()).build();
		}

	}

	/** Somebody's own converter, which knows nothing of headers to add. */
	record Delegating(ServiceBusMessageConverter delegate) implements ServiceBusMessageConverter {

		@Override
		public ServiceBusMessage toServiceBusMessage(Object payload, Map<String, ? extends @Nullable Object> headers) {
			return this.delegate.toServiceBusMessage(payload, headers);
		}

		@Override
		public Message<byte[]> toMessage(ServiceBusReceivedMessage message) {
			return this.delegate.toMessage(message);
		}

		@Override
		public <T> T fromServiceBusMessage(ServiceBusReceivedMessage message, Class<T> type) {
			return this.delegate.fromServiceBusMessage(message, type);
		}

		@Override
		public MessageConverter payloadConverter() {
			return this.delegate.payloadConverter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Shop {

		final List<String> calls = new ArrayList<>();

		public String getName() {
			return "own";
		}

		public int getPrefetch() {
			return 7;
		}

		public ErrorHandler getErrorHandler() {
			return (failure) -> Outcome.defer();
		}

		@Bean(defaultCandidate = false)
		ServiceBusMessageConverter shouting() {
			return ServiceBusMessageConverter.of(new ShoutConverter());
		}

		@Bean(defaultCandidate = false)
		ServiceBusMessageConverter delegating() {
			return new Delegating(ServiceBusMessageConverter.simple());
		}

		@Bean
		MessageConverter payloads() {
			return new ShoutConverter();
		}

		@Bean(defaultCandidate = false)
		Map<String, ServiceBusListenerContainerFactory> factories(FakeClient client, VirtualTime time,
				RecordingMonitor monitor) {
			return Map.of("nine",
					new ServiceBusListenerContainerFactory(
							new ContainerServices(client, Runnable::run, time, RandomGenerator.getDefault(), monitor),
							ListenerOptions.builder().concurrency(9).build(), ErrorHandler.PROPOSED, (id, options) -> {
							}));
		}

		@ServiceBusListener(id = "#{__listener.name}", queue = "#{__listener.name + '-queue'}",
				concurrency = "#{2 + 2}", prefetch = "#{__listener.prefetch}",
				maxLockRenewal = "#{T(java.time.Duration).ofMinutes(3)}", autoStartup = "#{true}",
				errorHandler = "#{__listener.errorHandler}")
		void own(String body) {
			throw new IllegalStateException("failed");
		}

		@ServiceBusListener(queue = "shouted", converter = "shouting")
		@SendTo("answers")
		Shout shouted(Shout shout) {
			this.calls.add(shout.toString());
			return shout;
		}

		@ServiceBusListener(queue = "spring", converter = "#{payloads}")
		void spring(Shout shout) {
			this.calls.add(shout.toString());
		}

		@ServiceBusListener(queue = "informed", info = "#{'re' + 'tail'}")
		void informed(String body, ServiceBusHeaderAccessor headers,
				@Header("azure_service_bus_message_id") String messageId, @Header("colour") String colour) {
			this.calls.add(headers.listenerInfo() + " " + body + " " + messageId + " " + colour);
		}

		@ServiceBusListener(queue = "informed-own", info = "wholesale", converter = "delegating")
		void informedOwn(@Header(ServiceBusHeaders.LISTENER_INFO) String info) {
			this.calls.add(info);
		}

		@ServiceBusListener(queue = "batches", info = "batches")
		void batches(List<Message<String>> messages) {
			this.calls.add((String) messages.get(0).getHeaders().get(ServiceBusHeaders.LISTENER_INFO));
		}

		@ServiceBusListener(id = "of-factory", queue = "of-factory", containerFactory = "#{factories['nine']}")
		void ofFactory(String body) {
		}

	}

}
