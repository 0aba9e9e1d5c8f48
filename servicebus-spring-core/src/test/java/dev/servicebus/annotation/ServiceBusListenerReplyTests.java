package dev.servicebus.annotation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSends;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.listener.support.RecordingMonitor;
import dev.servicebus.listener.support.VirtualTime;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listener methods return is sent as a reply.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ServiceBusListenerReplyTests {

	private static final Disposition COMPLETED = new Disposition.Complete();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	@BeforeEach
	void start() {
		this.context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("answers.queue", "configured")));
		this.context.register(ListenerTestConfiguration.class, Listeners.class, Shop.class);
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void resultIsSentToTheReplyAddressInTheSessionOfTheRequest() {
		request("plain", (request) -> request.replyTo("answers").replyToSessionId("caller-1"));
		FakeSends.Sent reply = reply();
		assertThat(reply.destination()).isEqualTo("answers");
		assertThat(reply.body()).isEqualTo("{\"apples\":3}");
		assertThat(reply.message().contentType()).isEqualTo("application/json");
		assertThat(reply.message().sessionId()).isEqualTo("caller-1");
		assertThat(reply.message().correlationId()).isEqualTo("request-1");
	}

	@Test
	void requestWithoutIdIsNamedByItsCorrelationId() {
		request("plain", (request) -> request.replyTo("answers").messageId(null).correlationId("order-7"));
		assertThat(reply().message().correlationId()).isEqualTo("order-7");
	}

	@Test
	void requestIsCompletedOnceTheBrokerHasTheReply() {
		sends().hold();
		request("plain", (request) -> request.replyTo("answers"));
		assertThat(source("plain").settled()).isEmpty();
		reply().accepted().complete(null);
		assertThat(source("plain").dispositions()).containsExactly(COMPLETED);
	}

	@Test
	void replyThatIsNotAcceptedIsAFailureOfTheListener() {
		sends().hold();
		request("plain", (request) -> request.replyTo("answers"));
		reply().accepted()
			.completeExceptionally(new MessagingEntityNotFoundException(ErrorContext.of("send", "answers")));
		assertThat(source("plain").settled()).isEmpty();
		assertThat(this.context.getBean(RecordingMonitor.class).events()).singleElement()
			.asString()
			.startsWith("handlingFailed The reply could not be sent to 'answers'");
		this.context.getBean(VirtualTime.class).advance(Duration.ofSeconds(1));
		assertThat(sends().sent()).hasSize(2);
		sends().sent().get(1).accepted().complete(null);
		assertThat(source("plain").dispositions()).containsExactly(COMPLETED);
	}

	@Test
	void nullIsNoReply() {
		request("nothing", (request) -> request.replyTo("answers"));
		assertThat(sends().sent()).isEmpty();
		assertThat(source("nothing").dispositions()).containsExactly(COMPLETED);
	}

	@Test
	void resultWithoutAddressIsDroppedWithOneWarning() {
		Logger logger = (Logger) LoggerFactory.getLogger("dev.servicebus.listener.invoke.Replies");
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		logger.setLevel(Level.WARN);
		logger.setAdditive(false);
		logger.addAppender(lines);
		try {
			request("plain", UnaryOperator.identity());
			request("plain", UnaryOperator.identity());
		}
		finally {
			logger.detachAppender(lines);
			logger.setLevel(null);
		}
		assertThat(sends().sent()).isEmpty();
		assertThat(source("plain").dispositions()).containsExactly(COMPLETED, COMPLETED);
		assertThat(lines.list).singleElement().asString().contains("-plain'", "no reply-to address");
	}

	@Test
	void springMessageBringsHeadersWhichStand() {
		request("message", (request) -> request.replyTo("answers").replyToSessionId("caller-1"));
		ServiceBusMessage reply = reply().message();
		assertThat(reply.bodyAsString()).isEqualTo("three");
		assertThat(reply.subject()).isEqualTo("stock");
		assertThat(reply.correlationId()).isEqualTo("own");
		assertThat(reply.sessionId()).isEqualTo("caller-1");
		assertThat(reply.applicationProperties()).containsEntry("count", 3);
	}

	@Test
	void serviceBusMessageIsSentAsItIs() {
		request("native", (request) -> request.replyTo("answers"));
		ServiceBusMessage reply = reply().message();
		assertThat(reply.bodyAsString()).isEqualTo("raw");
		assertThat(reply.contentType()).isEqualTo("text/x-stock");
		assertThat(reply.messageId()).isEqualTo("reply-9");
		assertThat(reply.correlationId()).isEqualTo("request-1");
	}

	@Test
	void sendToNamesTheDestinationOfRequestsWithoutAddress() {
		request("constant", UnaryOperator.identity());
		assertThat(reply().destination()).isEqualTo("orders-done");
		assertThat(reply().message().correlationId()).isEqualTo("request-1");
	}

	@Test
	void addressOfTheRequestWinsOverSendTo() {
		request("constant", (request) -> request.replyTo("answers"));
		assertThat(reply().destination()).isEqualTo("answers");
	}

	@Test
	void sendToTakesPlaceholdersAndExpressions() {
		request("placeholder", UnaryOperator.identity());
		assertThat(reply().destination()).isEqualTo("configured-eu");
	}

	@Test
	void sendToIsEvaluatedForEachReply() {
		request("dynamic", (request) -> request.subject("fast"));
		request("dynamic", (request) -> request.subject("slow"));
		assertThat(sends().sent()).extracting(FakeSends.Sent::destination)
			.containsExactly("stock-fast-3", "stock-slow-3");
	}

	@Test
	void sendToOnTheClassCountsForItsMethods() {
		request("of-class", UnaryOperator.identity());
		assertThat(reply().destination()).isEqualTo("shop-answers");
	}

	@Test
	void futureIsRepliedWhenItEnds() {
		request("future", (request) -> request.replyTo("answers"));
		assertThat(sends().sent()).isEmpty();
		this.context.getBean(Listeners.class).future.complete("late");
		assertThat(reply().body()).isEqualTo("late");
		assertThat(source("future").dispositions()).containsExactly(COMPLETED);
	}

	@Test
	void failedFutureIsRetriedAndNotReplied() {
		request("future", (request) -> request.replyTo("answers"));
		this.context.getBean(Listeners.class).future.completeExceptionally(new IllegalStateException("no stock"));
		assertThat(sends().sent()).isEmpty();
		assertThat(source("future").settled()).isEmpty();
		assertThat(this.context.getBean(RecordingMonitor.class).events()).containsExactly("handlingFailed no stock");
	}

	@Test
	void monoIsRepliedWhenItEndsAndAnEmptyOneIsNoReply() {
		request("mono", (request) -> request.replyTo("answers"));
		assertThat(reply().body()).isEqualTo("from a mono");
		request("empty-mono", (request) -> request.replyTo("answers"));
		assertThat(sends().sent()).hasSize(1);
		assertThat(source("mono").dispositions()).containsExactly(COMPLETED);
		assertThat(source("empty-mono").dispositions()).containsExactly(COMPLETED);
	}

	@Test
	void resultThatCannotBeConvertedDeadLettersItsRequest() {
		request("inconvertible", (request) -> request.replyTo("answers"));
		assertThat(source("inconvertible").dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	private void request(String queue, UnaryOperator<ServiceBusMessage.Builder> properties) {
		ServiceBusMessage.Builder request = ServiceBusMessage.builder().body("how many?").messageId("request-1");
		source(queue).publish(FakeClient.message(properties.apply(request).build()));
	}

	private FakeSends.Sent reply() {
		List<FakeSends.Sent> sent = sends().sent();
		assertThat(sent).hasSize(1);
		return sent.get(0);
	}

	private FakeSends sends() {
		return this.context.getBean(FakeClient.class).sends();
	}

	private FakeSource source(String queue) {
		return this.context.getBean(FakeClient.class).source(queue);
	}

	static class Listeners {

		final CompletableFuture<String> future = new CompletableFuture<>();

		@ServiceBusListener(queue = "plain")
		Stock plain() {
			return new Stock(3);
		}

		@ServiceBusListener(queue = "nothing")
		Stock nothing() {
			return null;
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

		@ServiceBusListener(queue = "constant")
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

		@ServiceBusListener(queue = "future")
		CompletableFuture<String> future() {
			return this.future;
		}

		@ServiceBusListener(queue = "mono")
		Mono<String> mono() {
			return Mono.just("from a mono");
		}

		@ServiceBusListener(queue = "empty-mono")
		Mono<Void> emptyMono() {
			return Mono.empty();
		}

		@ServiceBusListener(queue = "inconvertible")
		Object inconvertible() {
			return new Object() {

				@SuppressWarnings("unused")
				public Object getSelf() {
					throw new IllegalStateException("cannot be read");
				}

			};
		}

	}

	@SendTo("shop-answers")
	static class Shop {

		@ServiceBusListener(queue = "of-class")
		String handle() {
			return "sold";
		}

		@ServiceBusListener(queue = "of-class-void")
		void ignore() {
		}

	}

	record Stock(int apples) {

	}

}
