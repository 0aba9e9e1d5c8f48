package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.ReplyTimeoutException;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.messaging.handler.annotation.SendTo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where replies go, and what becomes of the requests, in an application with the
 * emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReplyDestinationFeaturesTests {

	private final ListenerApplication application = ListenerApplication.of(Listeners.class, Shop.class)
		.with("answers.queue=configured");

	@Test
	void sendToNamesTheDestinationOfRequestsWithoutAddress() {
		this.application.run((application) -> {
			application.to("constant").messageId("7").body("?").send();
			assertThat(application.reply("orders-done").correlationId()).isEqualTo("7");
			application.to("constant").messageId("8").replyTo("answers").body("?").send();
			assertThat(application.reply("answers").correlationId()).isEqualTo("8");
		});
	}

	@Test
	void sendToTakesPlaceholdersAndExpressions() {
		this.application.run((application) -> {
			application.send("placeholder", "?");
			assertThat(application.reply("configured-eu").bodyAsString()).isEqualTo("done");
		});
	}

	@Test
	void sendToIsEvaluatedForEachReply() {
		this.application.run((application) -> {
			application.to("dynamic").subject("fast").body("?").send();
			assertThat(application.reply("stock-fast-3").bodyAsString()).isEqualTo("{\"apples\":3}");
			application.to("dynamic").subject("slow").body("?").send();
			assertThat(application.reply("stock-slow-3").bodyAsString()).isEqualTo("{\"apples\":3}");
		});
	}

	@Test
	void sendToOnTheClassCountsForItsMethods() {
		this.application.run((application) -> {
			application.send("of-class", "?");
			assertThat(application.reply("shop-answers").bodyAsString()).isEqualTo("sold");
		});
	}

	@Test
	void requestIsCompletedOnceTheBrokerHasTheReply() {
		this.application.run((application) -> {
			application.emulator().faults().onSend("answers").next(1).delayAnswer(Duration.ofSeconds(20));
			application.to("constant").replyTo("answers").body("?").send();
			application.awaitMessages("answers", 1);
			assertThat(application.messages("constant")).singleElement().matches(StoredMessage::isLocked);
			application.emulator().clock().advance(Duration.ofSeconds(20));
			application.awaitCompleted("constant");
			assertThat(application.messages("answers")).hasSize(1);
		});
	}

	@Test
	void replyThatCannotBeSentIsAFailureOfTheListenerAndTriedAgain() {
		this.application.withTimeOfTheEmulator().run((application) -> {
			application.emulator().faults().onAttachSender("answers").next(1).refuse(FaultError.of("amqp:not-found"));
			application.to("constant").replyTo("answers").body("?").send();
			application.time().awaitTask(Duration.ofSeconds(5));
			assertThat(application.messages("constant")).singleElement().matches(StoredMessage::isLocked);
			application.time().advance(Duration.ofSeconds(5));
			assertThat(application.reply("answers").bodyAsString()).isEqualTo("done");
			application.awaitCompleted("constant");
		});
	}

	@Test
	void resultThatCannotBeConvertedDeadLettersItsRequest() {
		this.application.run((application) -> {
			application.to("inconvertible").replyTo("answers").body("?").send();
			assertThat(application.deadLetter("inconvertible").deadLetterReason())
				.endsWith(".MessageConversionException");
		});
	}

	@Test
	void requestsWaitTogetherAndEachGetsItsReply() {
		this.application.with("servicebus.template.reply.queue=replies").run((application) -> {
			ServiceBusTemplate template = application.template();
			CompletableFuture<String> apple = template.requestAsync("echo", "apple", String.class);
			CompletableFuture<String> pear = template.requestAsync("echo", "pear", String.class);
			assertThat(pear.get(30, TimeUnit.SECONDS)).isEqualTo("pear!");
			assertThat(apple.get(30, TimeUnit.SECONDS)).isEqualTo("apple!");
			application.awaitCompleted("replies");
		});
	}

	@Test
	void requestWithoutReplyEndsAtItsTime() {
		this.application.with("servicebus.template.reply.queue=replies").run((application) -> {
			assertThatExceptionOfType(ReplyTimeoutException.class)
				.isThrownBy(
						() -> application.to("nobody").body("?").timeout(Duration.ofMillis(300)).request(String.class))
				.withMessageContaining("no reply came to 'replies' within PT0.3S");
			application.emulator().clock().advance(Duration.ofSeconds(1));
			assertThat(application.messages("nobody")).as("lives as long as somebody waits for its reply").isEmpty();
		});
	}

	static class Listeners {

		@ServiceBusListener(queue = "constant", retry = "fixed 5s jitter 0")
		@SendTo("orders-done")
		String constant() {
			return "done";
		}

		@ServiceBusListener(queue = "placeholder")
		@SendTo("${answers.queue}-#{'EU'.toLowerCase()}")
		String placeholder() {
			return "done";
		}

		@ServiceBusListener(queue = "dynamic")
		@SendTo("stock-!{request.subject}-!{result.apples}")
		Stock dynamic(ServiceBusReceivedMessage message) {
			return new Stock(3);
		}

		@ServiceBusListener(queue = "echo")
		String echo(String fruit) {
			return fruit + "!";
		}

		@ServiceBusListener(queue = "inconvertible")
		Object inconvertible() {
			return new Inconvertible();
		}

	}

	@SendTo("shop-answers")
	static class Shop {

		@ServiceBusListener(queue = "of-class")
		String handle() {
			return "sold";
		}

	}

	record Stock(int apples) {

	}

	static class Inconvertible {

		public String getSelf() {
			throw new IllegalStateException("cannot be read");
		}

	}

}
