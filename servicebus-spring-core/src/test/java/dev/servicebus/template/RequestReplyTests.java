package dev.servicebus.template;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.amqp.SimulatedService;
import dev.servicebus.converter.ProblemReply;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Requests find their replies, or end without.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RequestReplyTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final SimulatedService service = SimulatedService.of(1,
			ServiceBusEmulator.builder()
				.queue("prices")
				.queue("replies")
				.queue("shared", EntityOptions.builder().requiresSession(true).build()));

	private final ReplyTimer scheduler = (delay, task) -> {
		CompletableFuture<Void> done = new CompletableFuture<>();
		EventLoop.Timer timer = this.service.network.nextLoop().schedule(delay, task);
		done.whenComplete((result, cancelled) -> timer.cancel());
		return done;
	};

	private @Nullable ServiceBusTemplate template;

	@AfterEach
	void close() {
		if (this.template != null) {
			this.template.close();
		}
		this.service.close();
	}

	@Test
	void replyInAQueueOfOurOwnEndsTheRequest() {
		CompletableFuture<String> price = template(ReplyOptions.queue("replies")).requestAsync("prices", "apple",
				String.class);
		ServiceBusReceivedMessage request = takeRequest();
		assertThat(request.replyTo()).isEqualTo("replies");
		assertThat(request.replyToSessionId()).isNull();
		assertThat(request.timeToLive()).isEqualTo(LIMIT);
		assertThat(price).isNotDone();
		reply(request, "3.20");
		assertThat(this.service.await(price)).isEqualTo("3.20");
		this.service.run();
		assertThat(this.service.emulator.queue("replies").messages()).isEmpty();
	}

	@Test
	void replyInOneSessionOfASharedQueueEndsTheRequest() {
		CompletableFuture<String> price = template(ReplyOptions.session("shared", "us")).requestAsync("prices", "apple",
				String.class);
		ServiceBusReceivedMessage request = takeRequest();
		assertThat(request.replyToSessionId()).isEqualTo("us");
		reply(request, "3.20");
		assertThat(this.service.await(price)).isEqualTo("3.20");
	}

	@Test
	void problemEndsTheRequestWithAnExceptionOfItsOwn() {
		CompletableFuture<String> price = template(ReplyOptions.queue("replies")).requestAsync("prices", "apple",
				String.class);
		ServiceBusReceivedMessage request = takeRequest();
		ProblemReply problem = ProblemReply.of("Sold out").withType("urn:shop:sold-out").withDetail("no apple");
		reply(request, problem.toMessage());
		this.service.run();
		assertThat(failure(price)).isInstanceOfSatisfying(RemoteProblemException.class, (ex) -> {
			assertThat(ex.problem()).isEqualTo(problem);
			assertThat(ex).hasMessage("request on 'prices' failed: Sold out: no apple");
			assertThat(ex.isTransient()).isFalse();
		});
	}

	@Test
	void repliesInAnyOrderFindTheirRequests() {
		ServiceBusTemplate sending = template(ReplyOptions.queue("replies"));
		CompletableFuture<String> apple = sending.requestAsync("prices", "apple", String.class);
		CompletableFuture<String> pear = sending.requestAsync("prices", "pear", String.class);
		ServiceBusReceivedMessage first = takeRequest();
		ServiceBusReceivedMessage second = takeRequest();
		reply(second, second.bodyAsString() + "!");
		reply(first, first.bodyAsString() + "!");
		assertThat(this.service.await(apple)).isEqualTo("apple!");
		assertThat(this.service.await(pear)).isEqualTo("pear!");
	}

	@Test
	void requestWithoutReplyEndsAtItsTimeAndALateReplyIsDropped() {
		CompletableFuture<String> price = template(ReplyOptions.queue("replies")).requestAsync("prices", "apple",
				String.class);
		ServiceBusReceivedMessage request = takeRequest();
		this.service.advance(LIMIT);
		assertThat(failure(price)).isInstanceOf(ReplyTimeoutException.class)
			.hasMessageContaining("no reply came to 'replies' within PT20S");
		reply(request, "3.20");
		assertThat(this.service.emulator.queue("replies").messages()).isEmpty();
	}

	@Test
	void requestMayHaveATimeOfItsOwn() {
		CompletableFuture<String> price = template(ReplyOptions.queue("replies")).to("prices")
			.body("apple")
			.timeout(Duration.ofSeconds(2))
			.requestAsync(String.class);
		this.service.advance(Duration.ofSeconds(2));
		assertThat(failure(price)).isInstanceOf(ReplyTimeoutException.class);
	}

	@Test
	void requestThatCannotBeSentFailsWithItsReason() {
		CompletableFuture<String> price = template(ReplyOptions.queue("replies")).requestAsync("nowhere", "apple",
				String.class);
		this.service.advance(Duration.ofSeconds(1));
		assertThat(failure(price)).isInstanceOf(MessagingEntityNotFoundException.class);
	}

	@Test
	void sessionThatWasLostIsAcceptedAgain() {
		ServiceBusTemplate sending = template(ReplyOptions.session("shared", "us"));
		CompletableFuture<String> price = sending.requestAsync("prices", "apple", String.class);
		ServiceBusReceivedMessage request = takeRequest();
		this.service.network.resetAll();
		this.service.advance(Duration.ofSeconds(5));
		reply(request, "3.20");
		assertThat(this.service.await(price)).isEqualTo("3.20");
	}

	@Test
	void closedTemplateEndsItsRequests() {
		ServiceBusTemplate sending = template(ReplyOptions.queue("replies"));
		CompletableFuture<String> price = sending.requestAsync("prices", "apple", String.class);
		sending.close();
		assertThat(failure(price)).isInstanceOf(IllegalStateException.class);
	}

	@Test
	void idThatWaitsCannotBeUsedTwice() {
		ServiceBusTemplate sending = template(ReplyOptions.queue("replies"));
		sending.to("prices").body("apple").messageId("7").requestAsync(String.class);
		assertThatIllegalStateException()
			.isThrownBy(() -> sending.to("prices").body("pear").messageId("7").requestAsync(String.class))
			.withMessageContaining("'7'");
	}

	@Test
	void templateWithoutAQueueForRepliesSaysSo() {
		ServiceBusTemplate without = new ServiceBusTemplate(this.service.client, ServiceBusMessageConverter.simple());
		assertThatIllegalStateException().isThrownBy(() -> without.requestAsync("prices", "apple", String.class))
			.withMessageContaining("servicebus.template.reply.queue");
	}

	@Test
	void optionsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ReplyOptions.queue(" "));
		assertThatIllegalArgumentException().isThrownBy(() -> ReplyOptions.session("shared", ""));
		assertThatIllegalArgumentException().isThrownBy(() -> ReplyOptions.queue("replies").withTimeout(Duration.ZERO));
	}

	private ServiceBusTemplate template(ReplyOptions replies) {
		ServiceBusTemplate made = new ServiceBusTemplate(this.service.client, ServiceBusMessageConverter.simple(),
				TemplateOptions.builder().replies(replies.withTimeout(LIMIT)).build(), this.scheduler);
		this.template = made;
		return made;
	}

	private ServiceBusReceivedMessage takeRequest() {
		List<ServiceBusReceivedMessage> messages = this.service
			.await(this.service.client.receiver(ReceiverOptions.queue("prices")).receiveAsync(1, LIMIT.dividedBy(4)));
		return messages.get(0);
	}

	private static Throwable failure(CompletableFuture<?> future) {
		assertThat(future).isCompletedExceptionally();
		Throwable failure = future.handle((value, reason) -> reason).join();
		return (failure instanceof CompletionException) ? failure.getCause() : failure;
	}

	private void reply(ServiceBusReceivedMessage request, String body) {
		reply(request, ServiceBusMessage.of(body));
	}

	private void reply(ServiceBusReceivedMessage request, ServiceBusMessage message) {
		ServiceBusMessage reply = message.mutate()
			.correlationId(request.messageId())
			.sessionId(request.replyToSessionId())
			.build();
		this.service.await(this.service.client.sender(String.valueOf(request.replyTo())).sendAsync(reply));
		this.service.run();
	}

}
