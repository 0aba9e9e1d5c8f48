package dev.servicebus.listener.container;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.store.MessageState;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.listener.FailureProperties;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerTarget;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Messages that wait long for their next attempt: as scheduled copies in the broker.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DelayedRetryTests {

	private final SimulatedContainers containers = new SimulatedContainers(ServiceBusEmulator.builder()
		.queue("orders",
				EntityOptions.builder()
					.lockDuration(Duration.ofSeconds(30))
					.duplicateDetectionWindow(Duration.ofDays(1))
					.build()));

	private final List<String> calls = new ArrayList<>();

	private final List<ServiceBusReceivedMessage> received = new ArrayList<>();

	private final List<Instant> expiries = new ArrayList<>();

	@AfterEach
	void close() {
		this.containers.close();
	}

	@Test
	void longWaitIsThatOfACopyInTheBrokerWhichHoldsNoLock() {
		startFailing();
		send("o1");
		assertThat(this.calls).containsExactly("o1 attempt 1");
		StoredMessage copy = onlyMessage();
		assertThat(copy.state()).isEqualTo(MessageState.SCHEDULED);
		assertThat(copy.isLocked()).isFalse();
		this.containers.advance(Duration.ofMinutes(9));
		assertThat(this.calls).hasSize(1);
		this.containers.advance(Duration.ofMinutes(1));
		assertThat(this.calls).containsExactly("o1 attempt 1", "o1 attempt 2");
	}

	@Test
	void shortWaitIsThatOfTheMessageUnderItsLock() {
		this.containers
			.options((options) -> options.retry((retry) -> retry.mutate().delay(Duration.ofMinutes(1)).build()));
		startFailing();
		send("o1");
		assertThat(onlyMessage().isLocked()).isTrue();
		assertThat(onlyMessage().messageId()).isEqualTo("o1");
		this.containers.advance(Duration.ofMinutes(1));
		assertThat(this.calls).containsExactly("o1 attempt 1", "o1 attempt 2");
	}

	@Test
	void limitOfTheHoldIsAnOption() {
		this.containers
			.options((options) -> options.failures((failures) -> failures.withRetryHoldLimit(Duration.ofMinutes(10))));
		startFailing();
		send("o1");
		assertThat(onlyMessage().isLocked()).isTrue();
		this.containers.advance(Duration.ofMinutes(10));
		assertThat(this.calls).containsExactly("o1 attempt 1", "o1 attempt 2");
	}

	@Test
	void waitThatTheLockIsNotRenewedForIsThatOfACopy() {
		this.containers.options((options) -> options.maxLockRenewal(Duration.ofSeconds(5))
			.retry((retry) -> retry.mutate().delay(Duration.ofSeconds(40)).build()));
		startFailing();
		send("o1");
		assertThat(onlyMessage().state()).isEqualTo(MessageState.SCHEDULED);
	}

	@Test
	void waitWithinTheFirstLockIsThatOfTheMessageThoughTheLockIsNotRenewed() {
		this.containers.options((options) -> options.maxLockRenewal(Duration.ZERO)
			.retry((retry) -> retry.mutate().delay(Duration.ofSeconds(20)).build()));
		startFailing();
		send("o1");
		assertThat(onlyMessage().isLocked()).isTrue();
	}

	@Test
	void copyHasEverythingThatTheMessageHad() {
		startFailing();
		this.containers.send("orders",
				message("o1").mutate()
					.sessionId("s")
					.correlationId("c")
					.subject("created")
					.contentType("text/plain")
					.replyTo("answers")
					.replyToSessionId("r")
					.to("somebody")
					.build());
		this.containers.advance(Duration.ofMinutes(10));
		ServiceBusReceivedMessage copy = this.received.get(1);
		assertThat(copy.applicationProperties()).containsEntry(FailureProperties.RETRY_ATTEMPTS, 1);
		assertThat(copy.bodyAsString()).isEqualTo("body");
		assertThat(List.of(copy.messageId(), copy.sessionId(), copy.correlationId(), copy.subject(), copy.contentType(),
				copy.replyTo(), copy.replyToSessionId(), copy.to()))
			.containsExactly("o1", "s", "c", "created", "text/plain", "answers", "r", "somebody");
	}

	@Test
	void duplicateDetectionDoesNotSwallowTheCopy() {
		startFailing();
		send("o1");
		send("o1");
		assertThat(this.containers.messages("orders")).hasSize(1);
		this.containers.advance(Duration.ofMinutes(10));
		this.containers.advance(Duration.ofMinutes(10));
		assertThat(this.calls).containsExactly("o1 attempt 1", "o1 attempt 2", "o1 attempt 3");
	}

	@Test
	void copyRemembersWhereItComesFrom() {
		startFailing();
		send("o1");
		StoredMessage copy = onlyMessage();
		assertThat(copy.messageId().toString()).startsWith("o1-retry-1-");
		assertThat(copy.bodyAsString()).isEqualTo("body");
		assertThat(copy.applicationProperties()).containsEntry("tenant", 7L)
			.containsEntry(FailureProperties.RETRY_ATTEMPTS, 1)
			.containsEntry(FailureProperties.RETRY_MESSAGE_ID, "o1")
			.containsEntry(FailureProperties.RETRY_SEQUENCE_NUMBER, 1L)
			.containsEntry(FailureProperties.RETRY_SOURCE, "orders")
			.containsKey(FailureProperties.RETRY_ENQUEUED_TIME);
		this.containers.advance(Duration.ofMinutes(10));
		assertThat(onlyMessage().messageId().toString()).startsWith("o1-retry-2-");
		assertThat(onlyMessage().applicationProperties()).containsEntry(FailureProperties.RETRY_ATTEMPTS, 2)
			.containsEntry(FailureProperties.RETRY_MESSAGE_ID, "o1")
			.containsEntry(FailureProperties.RETRY_SEQUENCE_NUMBER, 1L);
	}

	@Test
	void idThatIsAsLongAsItMayBeIsCut() {
		startFailing();
		send("x".repeat(128));
		assertThat(onlyMessage().messageId().toString()).hasSize(128).contains("-retry-1-");
		this.containers.advance(Duration.ofMinutes(10));
		assertThat(this.calls).containsExactly("x".repeat(128) + " attempt 1", "x".repeat(128) + " attempt 2");
	}

	@Test
	void lastAttemptIsFollowedByTheDeadLetterQueue() {
		startFailing();
		send("o1");
		this.containers.advance(Duration.ofMinutes(20));
		assertThat(this.calls).hasSize(3);
		assertThat(this.containers.messages("orders")).isEmpty();
		assertThat(this.containers.deadLetters("orders")).singleElement()
			.satisfies(
					(message) -> assertThat(message.deadLetterReason()).isEqualTo("java.lang.IllegalStateException"));
	}

	@Test
	void attemptsGoOnInTheNextContainer() {
		ServiceBusListenerContainer first = startFailing();
		send("o1");
		this.containers.stop(first);
		startFailing();
		this.containers.advance(Duration.ofMinutes(20));
		assertThat(this.calls).containsExactly("o1 attempt 1", "o1 attempt 2", "o1 attempt 3");
		assertThat(this.containers.deadLetters("orders")).hasSize(1);
	}

	@Test
	void attemptsOfAMessageThatIsHeldGoOnInTheNextContainer() {
		this.containers
			.options((options) -> options.failures((failures) -> failures.withRetryHoldLimit(Duration.ofHours(1))));
		ServiceBusListenerContainer first = startFailing();
		send("o1");
		this.containers.stop(first);
		startFailing();
		this.containers.advance(Duration.ofMinutes(10));
		assertThat(this.calls).containsExactly("o1 attempt 1", "o1 attempt 2", "o1 attempt 3");
		assertThat(this.containers.deadLetters("orders")).hasSize(1);
	}

	@Test
	void copyLivesAsLongAsTheMessageWouldHave() {
		startFailing();
		ServiceBusMessage message = message("o1").mutate().timeToLive(Duration.ofMinutes(25)).build();
		this.containers.send("orders", message);
		Instant end = this.containers.now().plus(Duration.ofMinutes(25));
		this.containers.advance(Duration.ofMinutes(11));
		assertThat(this.calls).hasSize(2);
		this.containers.advance(Duration.ofMinutes(9).plusSeconds(1));
		assertThat(this.calls).hasSize(3);
		assertThat(this.expiries).hasSize(3)
			.allSatisfy((expiry) -> assertThat(expiry).isCloseTo(end, within(5, ChronoUnit.SECONDS)));
	}

	@Test
	void messageThatWouldExpireBeforeIsHeld() {
		startFailing();
		this.containers.send("orders", message("o1").mutate().timeToLive(Duration.ofMinutes(5)).build());
		assertThat(onlyMessage().isLocked()).isTrue();
		this.containers.advance(Duration.ofMinutes(10));
		assertThat(this.calls).containsExactly("o1 attempt 1", "o1 attempt 2");
	}

	@Test
	void successAfterACopyLeavesNothing() {
		this.containers.start(ListenerTarget.queue("orders"), (message, context) -> {
			note(message, context);
			if (context.attempt() == 1) {
				throw new IllegalStateException("not yet");
			}
		});
		send("o1");
		this.containers.advance(Duration.ofMinutes(10));
		assertThat(this.calls).containsExactly("o1 attempt 1", "o1 attempt 2");
		assertThat(this.containers.messages("orders")).isEmpty();
	}

	private ServiceBusListenerContainer startFailing() {
		return this.containers.start(ListenerTarget.queue("orders"), (message, context) -> {
			note(message, context);
			throw new IllegalStateException("no stock");
		});
	}

	private void note(ServiceBusReceivedMessage message, ListenerContext context) {
		this.received.add(message);
		this.calls.add(message.messageId() + " attempt " + context.attempt());
		if (message.timeToLive() != null) {
			this.expiries.add(message.enqueuedTime().plus(message.timeToLive()).toInstant());
		}
	}

	private void send(String messageId) {
		this.containers.send("orders", message(messageId));
	}

	private static ServiceBusMessage message(String messageId) {
		return ServiceBusMessage.builder()
			.body("body")
			.messageId(messageId)
			.applicationProperties(Map.of("tenant", 7L))
			.build();
	}

	private StoredMessage onlyMessage() {
		List<StoredMessage> messages = this.containers.messages("orders");
		assertThat(messages).hasSize(1);
		return messages.get(0);
	}

}
