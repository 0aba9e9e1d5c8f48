package dev.servicebus.annotation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.converter.ProblemReply;
import dev.servicebus.listener.FailureProperties;
import dev.servicebus.listener.ProblemReplyException;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSends;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.listener.support.VirtualTime;
import dev.servicebus.message.ServiceBusMessage;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Requesters are told of failures, where that is wanted.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ServiceBusListenerProblemTests {

	private static final Disposition COMPLETED = new Disposition.Complete();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void lastFailureIsToldToTheRequesterAndTheRequestCompleted() {
		start(Shop.class);
		request("twice", "apple", "answers");
		assertThat(sends().sent()).isEmpty();
		this.context.getBean(VirtualTime.class).advance(Duration.ofSeconds(5));
		ServiceBusMessage reply = reply();
		assertThat(reply.applicationProperties()).containsOnlyKeys(ProblemReply.TYPE_PROPERTY,
				ProblemReply.TITLE_PROPERTY, ProblemReply.DETAIL_PROPERTY);
		assertThat(reply.applicationProperties()).containsEntry(ProblemReply.TYPE_PROPERTY, "about:blank")
			.containsEntry(ProblemReply.TITLE_PROPERTY, "IllegalStateException")
			.containsEntry(ProblemReply.DETAIL_PROPERTY, "no apple left");
		assertThat(reply.bodyAsBytes()).isEmpty();
		assertThat(reply.correlationId()).isEqualTo("request-1");
		assertThat(reply.sessionId()).isEqualTo("caller-1");
		assertThat(source("twice").dispositions()).containsExactly(COMPLETED);
	}

	@Test
	void requestThatNobodyWaitsForIsDeadLettered() {
		start(Shop.class);
		request("once", "apple", null);
		assertThat(sends().sent()).isEmpty();
		assertThat(source("once").dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	@Test
	void failureIsNotToldUnlessThatIsWanted() {
		start(Shop.class);
		request("silent", "apple", "answers");
		assertThat(sends().sent()).isEmpty();
		assertThat(source("silent").dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	@Test
	void requestThatDoesNotFitTheMethodIsToldAtOnce() {
		start(Shop.class);
		request("once", "{", "answers");
		assertThat(reply().applicationProperties()).containsEntry(ProblemReply.TITLE_PROPERTY,
				"MessageConversionException");
		assertThat(source("once").dispositions()).containsExactly(COMPLETED);
	}

	@Test
	void listenerMayStateTheProblemWhichIsToldAtOnce() {
		start(Shop.class);
		request("stated", "apple", "answers");
		assertThat(reply().applicationProperties()).containsEntry(ProblemReply.TYPE_PROPERTY, "urn:shop:sold-out")
			.containsEntry(ProblemReply.TITLE_PROPERTY, "Sold out")
			.doesNotContainKey(ProblemReply.DETAIL_PROPERTY);
	}

	@Test
	void failedFutureIsTold() {
		start(Shop.class);
		request("future", "apple", "answers");
		assertThat(reply().applicationProperties()).containsEntry(ProblemReply.DETAIL_PROPERTY, "later");
	}

	@Test
	void deadLetterHandlerDecidesAboutTheRequest() {
		start(WithHandler.class);
		request("handled", "apple", "answers");
		assertThat(reply().applicationProperties()).containsEntry(ProblemReply.DETAIL_PROPERTY, "no");
		assertThat(source("handled").dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	@Test
	void requestWhoseSenderCannotBeToldIsDeadLetteredWithTheReason() {
		start(Shop.class);
		sends().refuse(new MessagingEntityNotFoundException(ErrorContext.of("send", "answers")));
		request("once", "apple", "answers");
		assertThat(deadLetter("once").propertiesToModify().get(FailureProperties.FAILURE_HANDLER)).asString()
			.contains("The reply could not be sent to 'answers'");
	}

	@Test
	void addressOutsideOfTheNamespaceDeadLettersTheRequest() {
		start(Shop.class);
		request("fine", "apple", "sb://elsewhere.example/answers");
		assertThat(sends().sent()).isEmpty();
		assertThat(deadLetter("fine").reason()).isEqualTo("InvalidReplyTo");
	}

	@Test
	void batchesCannotReturnExceptions() {
		assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(() -> start(Batches.class))
			.withMessageContaining("attribute returnExceptions = \"true\"")
			.withMessageContaining("there is no reply to one");
	}

	private void start(Class<?> listeners) {
		this.context.register(ListenerTestConfiguration.class, listeners);
		this.context.refresh();
	}

	private void request(String queue, String body, String replyTo) {
		source(queue).publish(FakeClient.message(ServiceBusMessage.builder()
			.body(body.equals("{") ? "{" : "\"" + body + "\"")
			.contentType("application/json")
			.messageId("request-1")
			.replyTo(replyTo)
			.replyToSessionId("caller-1")
			.build()));
	}

	private ServiceBusMessage reply() {
		List<FakeSends.Sent> sent = sends().sent();
		assertThat(sent).hasSize(1);
		assertThat(sent.get(0).destination()).isEqualTo("answers");
		return sent.get(0).message();
	}

	private Disposition.DeadLetter deadLetter(String queue) {
		return (Disposition.DeadLetter) source(queue).dispositions().get(0);
	}

	private FakeSends sends() {
		return this.context.getBean(FakeClient.class).sends();
	}

	private FakeSource source(String queue) {
		return this.context.getBean(FakeClient.class).source(queue);
	}

	enum Fruit {

		apple

	}

	static class Shop {

		@ServiceBusListener(queue = "twice", retry = "fixed 1s, attempts 2", returnExceptions = "true")
		String twice(Fruit fruit) {
			throw new IllegalStateException("no " + fruit + " left");
		}

		@ServiceBusListener(queue = "once", retry = "none", returnExceptions = "true")
		String once(Fruit fruit) {
			throw new IllegalStateException("no " + fruit + " left");
		}

		@ServiceBusListener(queue = "silent", retry = "none")
		String silent(Fruit fruit) {
			throw new IllegalStateException("no " + fruit + " left");
		}

		@ServiceBusListener(queue = "stated", returnExceptions = "true")
		String stated(Fruit fruit) {
			throw new ProblemReplyException(ProblemReply.of("Sold out").withType("urn:shop:sold-out"));
		}

		@ServiceBusListener(queue = "future", retry = "none", returnExceptions = "true")
		CompletableFuture<String> future(Fruit fruit) {
			return CompletableFuture.failedFuture(new IllegalStateException("later"));
		}

		@ServiceBusListener(queue = "fine")
		String fine(Fruit fruit) {
			return "here you are";
		}

	}

	static class WithHandler {

		@ServiceBusListener(queue = "handled", retry = "none", returnExceptions = "true")
		String handle(Fruit fruit) {
			throw new IllegalStateException("no");
		}

		@DeadLetterHandler
		void giveUp(Fruit fruit) {
		}

	}

	static class Batches {

		@ServiceBusListener(queue = "batches", returnExceptions = "true")
		void handle(List<Fruit> fruits) {
		}

	}

}
