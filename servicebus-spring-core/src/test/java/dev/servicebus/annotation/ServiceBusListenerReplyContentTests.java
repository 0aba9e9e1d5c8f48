package dev.servicebus.annotation;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.listener.ReplyPostProcessor;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSends;
import dev.servicebus.message.ServiceBusMessage;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Replies have the content type that is declared, and pass the post-processors.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ServiceBusListenerReplyContentTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void replyHasTheDeclaredContentType() {
		start(Shop.class);
		assertThat(reply("typed").contentType()).isEqualTo("application/vnd.shop+json");
		assertThat(reply("typed").bodyAsString()).isEqualTo("{\"apples\":3}");
		assertThat(reply("typed-message").contentType()).isEqualTo("application/vnd.shop+json");
		assertThat(reply("typed-message").bodyAsString()).isEqualTo("{\"apples\":3}");
		assertThat(reply("typed-native").contentType()).isEqualTo("text/csv");
	}

	@Test
	void contentTypeThatTheResultStatesStands() {
		start(Shop.class);
		assertThat(reply("own-message").contentType()).isEqualTo("text/plain");
		assertThat(reply("own-native").contentType()).isEqualTo("text/plain");
	}

	@Test
	void contentTypeThatCannotBeReadStopsTheApplication() {
		assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(() -> start(Unreadable.class))
			.withMessageContaining("attribute replyContentType = \"json\"");
	}

	@Test
	void contentTypeOfNothingStopsTheApplication() {
		assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(() -> start(Nothing.class))
			.withMessageContaining("attribute replyContentType = \"text/plain\": the method returns nothing to send");
	}

	@Test
	void postProcessorsSeeTheReplyInTheirOrder() {
		start(Shop.class, PostProcessors.class);
		ServiceBusMessage reply = reply("typed");
		assertThat(reply.applicationProperties()).containsEntry("steps", "onetwo")
			.containsEntry("answers", "request-1 of shop by typed");
	}

	@Test
	void postProcessorThatFailsFailsTheListener() {
		start(Shop.class, FailingPostProcessor.class);
		publish("once");
		assertThat(sends().sent()).isEmpty();
		assertThat(this.context.getBean(FakeClient.class).source("once").dispositions()).singleElement()
			.isInstanceOfSatisfying(Disposition.DeadLetter.class,
					(deadLetter) -> assertThat(deadLetter.description()).isEqualTo("no key to sign with"));
	}

	private void start(Class<?>... beans) {
		this.context.register(ListenerTestConfiguration.class);
		this.context.register(beans);
		this.context.refresh();
	}

	private ServiceBusMessage reply(String queue) {
		publish(queue);
		List<FakeSends.Sent> sent = sends().sent();
		return sent.get(sent.size() - 1).message();
	}

	private void publish(String queue) {
		this.context.getBean(FakeClient.class)
			.source(queue)
			.publish(FakeClient.message(ServiceBusMessage.builder()
				.body("?")
				.messageId("request-1")
				.subject("shop")
				.replyTo("answers")
				.build()));
	}

	private FakeSends sends() {
		return this.context.getBean(FakeClient.class).sends();
	}

	static class Shop {

		@ServiceBusListener(id = "typed", queue = "typed", replyContentType = "application/vnd.shop+json")
		Stock typed() {
			return new Stock(3);
		}

		@ServiceBusListener(queue = "typed-message", replyContentType = "application/vnd.shop+json")
		Message<Stock> typedMessage() {
			return MessageBuilder.withPayload(new Stock(3)).build();
		}

		@ServiceBusListener(queue = "typed-native", replyContentType = "text/csv")
		ServiceBusMessage typedNative() {
			return ServiceBusMessage.of("3");
		}

		@ServiceBusListener(queue = "own-message", replyContentType = "text/csv")
		Message<String> ownMessage() {
			return MessageBuilder.withPayload("3").setHeader(MessageHeaders.CONTENT_TYPE, "text/plain").build();
		}

		@ServiceBusListener(queue = "own-native", replyContentType = "text/csv")
		ServiceBusMessage ownNative() {
			return ServiceBusMessage.builder().body("3").contentType("text/plain").build();
		}

		@ServiceBusListener(queue = "once", retry = "none")
		String once() {
			return "3";
		}

	}

	static class Unreadable {

		@ServiceBusListener(queue = "unreadable", replyContentType = "json")
		String handle() {
			return "3";
		}

	}

	static class Nothing {

		@ServiceBusListener(queue = "nothing", replyContentType = "text/plain")
		void handle() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PostProcessors {

		@Bean
		@Order(2)
		ReplyPostProcessor second() {
			return (reply, request, listenerId) -> reply.mutate()
				.applicationProperty("steps", reply.applicationProperties().get("steps") + "two")
				.build();
		}

		@Bean
		@Order(1)
		ReplyPostProcessor first() {
			return (reply, request, listenerId) -> reply.mutate()
				.applicationProperty("steps", "one")
				.applicationProperty("answers",
						reply.correlationId() + " of " + request.subject() + " by " + listenerId)
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingPostProcessor {

		@Bean
		ReplyPostProcessor failing() {
			return (reply, request, listenerId) -> {
				throw new IllegalStateException("no key to sign with");
			};
		}

	}

	record Stock(int apples) {

	}

}
