package dev.servicebus.boot.autoconfigure.listener;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the things that methods of listeners return, in an application with the
 * emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(OutputCaptureExtension.class)
class ResultFeaturesTests {

	private final ListenerApplication application = ListenerApplication.of(Listeners.class);

	@Test
	void resultIsSentToTheReplyAddressInTheSessionOfTheRequest() {
		this.application
			.with("servicebus.emulator.queues.sessions.requires-session=true",
					"servicebus.template.reply.queue=sessions", "servicebus.template.reply.session-id=us")
			.run((application) -> {
				application.to("stock").replyTo("sessions").replyToSessionId("them").body("?").send();
				assertThat(application.template().request("stock", "?", Stock.class)).isEqualTo(new Stock(3));
				application.awaitCompleted("stock");
				assertThat(application.messages("sessions")).singleElement()
					.extracting(StoredMessage::sessionId, StoredMessage::contentType, StoredMessage::bodyAsString)
					.containsExactly("them", "application/json", "{\"apples\":3}");
			});
	}

	@Test
	void replyNamesTheRequestThatItAnswers() {
		this.application.run((application) -> {
			application.to("stock").messageId("7").correlationId("order-7").replyTo("answers").body("?").send();
			assertThat(application.reply("answers").correlationId()).isEqualTo("7");
		});
	}

	@Test
	void springMessageBringsHeadersWhichStand() {
		this.application.run((application) -> {
			application.to("message").messageId("7").replyTo("answers").body("?").send();
			ServiceBusReceivedMessage reply = application.reply("answers");
			assertThat(reply.bodyAsString()).isEqualTo("three");
			assertThat(reply.subject()).isEqualTo("stock");
			assertThat(reply.correlationId()).isEqualTo("own");
			assertThat(reply.applicationProperties()).containsEntry("count", 3);
		});
	}

	@Test
	void serviceBusMessageIsSentAsItIs() {
		this.application.run((application) -> {
			application.to("native").messageId("7").replyTo("answers").body("?").send();
			ServiceBusReceivedMessage reply = application.reply("answers");
			assertThat(reply.bodyAsString()).isEqualTo("raw");
			assertThat(reply.contentType()).isEqualTo("text/x-stock");
			assertThat(reply.messageId()).isEqualTo("reply-9");
			assertThat(reply.correlationId()).isEqualTo("7");
		});
	}

	@Test
	void replyHasTheDeclaredContentTypeUnlessTheResultStatesOne() {
		this.application.run((application) -> {
			application.to("typed").replyTo("answers").body("?").send();
			assertThat(application.reply("answers").contentType()).isEqualTo("application/vnd.shop+json");
			application.to("typed").replyTo("answers").subject("own").body("?").send();
			assertThat(application.reply("answers").contentType()).isEqualTo("text/plain");
		});
	}

	@Test
	void nullIsNoReply() {
		this.application.run((application) -> {
			application.to("nothing").replyTo("answers").body("?").send();
			assertThat(application.nextCall()).containsExactly("nothing");
			application.awaitCompleted("nothing");
			assertThat(application.emulator().queues()).doesNotContain("answers");
		});
	}

	@Test
	void resultWithoutAddressIsDroppedWithOneWarning(CapturedOutput output) {
		this.application.run((application) -> {
			application.send("stock", "?", "?");
			application.awaitCompleted("stock");
			assertThat(output.getAll()).containsOnlyOnce("no reply-to address");
		});
	}

	@Test
	void futureIsRepliedWhenItEnds() {
		this.application.run((application) -> {
			application.to("future").replyTo("answers").body("?").send();
			assertThat(application.nextCall()).containsExactly("future");
			assertThat(application.messages("future")).singleElement().matches(StoredMessage::isLocked);
			application.bean(Listeners.class).end.complete("late");
			assertThat(application.reply("answers").bodyAsString()).isEqualTo("late");
			application.awaitCompleted("future");
		});
	}

	@Test
	void failedFutureIsAFailureAndNoReply() {
		this.application.run((application) -> {
			application.to("future").replyTo("answers").body("?").send();
			assertThat(application.nextCall()).containsExactly("future");
			application.bean(Listeners.class).end.completeExceptionally(new IllegalStateException("no stock"));
			assertThat(application.deadLetter("future").deadLetterErrorDescription()).isEqualTo("no stock");
			assertThat(application.emulator().queues()).doesNotContain("answers");
		});
	}

	@Test
	void monoIsRepliedWhenItEndsAndAnEmptyOneIsNoReply() {
		this.application.run((application) -> {
			application.to("mono").replyTo("answers").subject("empty").body("?").send();
			application.awaitCompleted("mono");
			application.to("mono").replyTo("answers").body("?").send();
			assertThat(application.reply("answers").bodyAsString()).isEqualTo("from a mono");
			application.awaitCompleted("mono");
		});
	}

	static class Listeners {

		private final CompletableFuture<String> end = new CompletableFuture<>();

		private final Calls calls;

		Listeners(Calls calls) {
			this.calls = calls;
		}

		@ServiceBusListener(queue = "stock")
		Stock stock() {
			return new Stock(3);
		}

		@ServiceBusListener(queue = "message")
		Message<String> message() {
			return MessageBuilder.withPayload("three")
				.setHeader(ServiceBusHeaders.SUBJECT, "stock")
				.setHeader(ServiceBusHeaders.CORRELATION_ID, "own")
				.setHeader("count", 3)
				.build();
		}

		@ServiceBusListener(queue = "native")
		ServiceBusMessage nativeMessage() {
			return ServiceBusMessage.builder().body("raw").contentType("text/x-stock").messageId("reply-9").build();
		}

		@ServiceBusListener(queue = "typed", replyContentType = "application/vnd.shop+json")
		Object typed(ServiceBusReceivedMessage request) {
			return "own".equals(request.subject())
					? ServiceBusMessage.builder().body("3").contentType("text/plain").build() : new Stock(3);
		}

		@ServiceBusListener(queue = "nothing")
		Stock nothing() {
			this.calls.add("nothing");
			return null;
		}

		@ServiceBusListener(queue = "future", retry = "none")
		CompletableFuture<String> future() {
			this.calls.add("future");
			return this.end;
		}

		@ServiceBusListener(queue = "mono")
		Mono<String> mono(ServiceBusReceivedMessage request) {
			return "empty".equals(request.subject()) ? Mono.empty() : Mono.just("from a mono");
		}

	}

	record Stock(int apples) {

	}

}
