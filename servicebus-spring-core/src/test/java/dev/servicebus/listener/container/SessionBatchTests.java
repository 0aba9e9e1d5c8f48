package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionFailurePolicy;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Batches of sessions: each of one session, and in its order, whatever fails.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionBatchTests {

	private static final Duration WAIT = Duration.ofSeconds(1);

	private final SimulatedSessions sessions = new SimulatedSessions(17);

	private final List<String> batches = new ArrayList<>();

	private final List<CompletableFuture<Void>> ends = new ArrayList<>();

	@BeforeEach
	void size() {
		this.sessions.options((options) -> options.batch((batch) -> batch.withSize(4).withMaxWait(WAIT)));
	}

	@AfterEach
	void close() {
		this.sessions.close();
	}

	@Test
	void batchHasMessagesOfOneSessionInTheirOrder() {
		this.sessions
			.options((options) -> options.concurrency(2).batch((batch) -> batch.withSize(4).withMaxWait(WAIT)));
		for (int i = 1; i <= 5; i++) {
			this.sessions.send("s1", "a" + i);
			this.sessions.send("s2", "b" + i);
		}
		start((messages, context) -> {
		});
		assertThat(this.batches).containsExactlyInAnyOrder("s1: a1 a2 a3 a4", "s2: b1 b2 b3 b4");
		this.sessions.advance(WAIT);
		assertThat(this.batches).hasSize(4).contains("s1: a5", "s2: b5");
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void concurrencyCountsSessions() {
		this.sessions.send("s1", "a", "b", "c", "d");
		this.sessions.send("s2", "x", "y");
		this.sessions.sessions((options) -> options.withIdleTimeout(Duration.ofSeconds(3))).start(recording(this::end));
		assertThat(this.batches).containsExactly("s1: a b c d");
		endAll();
		this.sessions.advance(Duration.ofSeconds(2));
		assertThat(this.batches).as("the first session is not idle yet").hasSize(1);
		this.sessions.advance(Duration.ofSeconds(3));
		assertThat(this.batches).containsExactly("s1: a b c d", "s2: x y");
	}

	@Test
	void nextBatchOfASessionCollectsWhileTheListenerIsBusyAndBeginsAfterwards() {
		this.sessions.send("s1", "a", "b");
		start(this::end);
		this.sessions.advance(WAIT);
		this.sessions.send("s1", "c", "d", "e");
		this.sessions.advance(Duration.ofSeconds(5));
		assertThat(this.batches).containsExactly("s1: a b");
		endAll();
		assertThat(this.batches).as("it has waited for long enough").containsExactly("s1: a b", "s1: c d");
	}

	@Test
	void idleTimeDoesNotRunWhileABatchIsHandledOrCollected() {
		this.sessions.sessions((options) -> options.withIdleTimeout(Duration.ofSeconds(2)))
			.options((options) -> options.batch((batch) -> batch.withSize(4).withMaxWait(Duration.ofSeconds(5))));
		this.sessions.send("s1", "a");
		start(this::end);
		this.sessions.advance(Duration.ofMinutes(5));
		endAll();
		this.sessions.advance(Duration.ofSeconds(1));
		this.sessions.send("s1", "b");
		this.sessions.advance(Duration.ofSeconds(4));
		assertThat(this.batches).containsExactly("s1: a");
		assertThat(this.sessions.monitor.events()).doesNotContain("sessionClosed s1 IDLE");
		this.sessions.advance(Duration.ofSeconds(1));
		assertThat(this.batches).containsExactly("s1: a", "s1: b");
		endAll();
		this.sessions.advance(Duration.ofSeconds(2));
		assertThat(this.sessions.monitor.events()).contains("sessionClosed s1 IDLE");
	}

	@Test
	void failedMessageIsRetriedInPlaceWithThoseBehindIt() {
		List<Integer> attempts = new ArrayList<>();
		this.sessions.send("s1", "a", "bad", "c");
		start((messages, context) -> {
			context.messages().forEach((message) -> attempts.add(message.attempt()));
			failAt("bad", messages);
		});
		this.sessions.advance(WAIT);
		this.sessions.send("s1", "d", "e", "f");
		this.sessions.advance(Duration.ofSeconds(10));
		assertThat(this.batches).containsExactly("s1: a bad c", "s1: bad c d e", "s1: bad c d e", "s1: c d e", "s1: f");
		assertThat(attempts).containsExactly(1, 1, 1, 2, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 1);
		assertThat(deadLetters()).containsExactly("bad");
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void messagesThatFailTogetherComeAgainTogether() {
		this.sessions.options((options) -> options.batch((batch) -> batch.withSize(4).withMaxWait(WAIT))
			.retry(RetryOptions.builder().maxAttempts(2).delay(Duration.ofSeconds(20)).jitter(0.5).build()));
		this.sessions.send("s1", "a", "b", "c");
		start((messages, context) -> {
			throw new IllegalStateException("no database");
		});
		this.sessions.advance(WAIT);
		this.sessions.send("s1", "d");
		this.sessions.advance(Duration.ofSeconds(21));
		assertThat(this.batches).containsExactly("s1: a b c", "s1: a b c d");
		assertThat(deadLetters()).containsExactly("a", "b", "c");
	}

	@Test
	void heldSessionLendsOnePlaceHoweverManyMessagesWait() {
		for (int i = 1; i <= 4; i++) {
			this.sessions.send("s" + i, "a", "b", "c", "d");
		}
		this.sessions
			.options((options) -> options.concurrency(2)
				.batch((batch) -> batch.withSize(4).withMaxWait(WAIT))
				.retry((retry) -> retry.mutate().delay(Duration.ofMinutes(1)).build()))
			.start(recording((messages, context) -> {
				if (messages.get(0).sessionId().equals("s1")) {
					throw new IllegalStateException("later");
				}
				end(messages, context);
			}));
		this.sessions.advance(WAIT);
		assertThat(this.batches).as("one is held, two are busy").hasSize(3);
	}

	@Test
	void skippedMessageLetsThoseBehindItGoOn() {
		this.sessions.sessions((options) -> options.withFailurePolicy(SessionFailurePolicy.SKIP));
		this.sessions.send("s1", "a", "bad", "c", "d");
		start((messages, context) -> failAt("bad", messages));
		assertThat(this.batches).containsExactly("s1: a bad c d", "s1: c d");
		assertThat(deadLetters()).containsExactly("bad");
	}

	@Test
	void parkedSessionGoesBackWithTheMessageAndThoseBehindIt() {
		this.sessions.sessions((options) -> options.withFailurePolicy(SessionFailurePolicy.PARK));
		this.sessions.send("s1", "a", "bad", "c", "d", "e");
		start((messages, context) -> failAt("bad", messages));
		assertThat(this.batches).containsExactly("s1: a bad c d");
		assertThat(this.sessions.monitor.events()).contains("sessionClosed s1 PARKED");
		this.sessions.advance(Duration.ofSeconds(10));
		assertThat(this.batches).containsExactly("s1: a bad c d", "s1: bad c d e", "s1: bad c d e", "s1: c d e");
		assertThat(deadLetters()).containsExactly("bad");
	}

	@Test
	void abandonedMessageTakesThoseBehindItWithIt() {
		this.sessions.send("s1", "a", "bad", "c", "d", "e");
		this.sessions.options((options) -> options.prefetch(3).batch((batch) -> batch.withSize(4).withMaxWait(WAIT)))
			.errorHandler(
					(failure) -> (failure.message().deliveryCount() < 2) ? Outcome.abandon() : Outcome.complete());
		start((messages, context) -> failAt("bad", messages));
		this.sessions.advance(Duration.ofSeconds(4));
		assertThat(this.batches).containsExactly("s1: a bad c d", "s1: bad c d e", "s1: bad c d e", "s1: c d e");
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void failedMessagesGoBackWithTheirAttemptsWhenOneOfThemIsAbandoned() {
		List<String> attempts = new ArrayList<>();
		this.sessions.send("s1", "a", "b", "c");
		this.sessions.errorHandler(
				(failure) -> failure.message().bodyAsString().equals("b") && failure.message().deliveryCount() == 0
						? Outcome.abandon() : failure.proposal());
		start((messages, context) -> {
			context.messages().forEach((message) -> attempts.add(String.valueOf(message.attempt())));
			if (this.batches.size() == 1) {
				throw new IllegalStateException("all of them");
			}
		});
		this.sessions.advance(Duration.ofSeconds(5));
		assertThat(this.batches).containsExactly("s1: a b c", "s1: a b c");
		assertThat(attempts).as("an abandoned message begins anew").containsExactly("1", "1", "1", "2", "1", "2");
	}

	@Test
	void messageAbandonedByTheListenerComesBeforeTheNextBatch() {
		this.sessions.send("s1", "a", "b", "c", "d", "e");
		start((messages, context) -> {
			if (this.batches.size() == 1) {
				context.settlement().get(3).abandon();
			}
		});
		this.sessions.advance(Duration.ofSeconds(3));
		assertThat(this.batches).containsExactly("s1: a b c d", "s1: d e");
	}

	@Test
	void unsettledMessagesHoldUpTheNextBatch() {
		List<BatchContext> contexts = new ArrayList<>();
		this.sessions.options((options) -> options.settlement(SettlementMode.MANUAL)
			.batch((batch) -> batch.withSize(2).withMaxWait(WAIT)));
		this.sessions.send("s1", "a", "b", "c");
		start((messages, context) -> contexts.add(context));
		contexts.get(0).settlement().get(0).complete();
		this.sessions.advance(Duration.ofSeconds(5));
		assertThat(this.batches).containsExactly("s1: a b");
		contexts.get(0).settlement().complete();
		this.sessions.advance(WAIT);
		assertThat(this.batches).containsExactly("s1: a b", "s1: c");
	}

	@Test
	void listenerMayGiveTheSessionBack() {
		this.sessions.send("s1", "a", "b", "c", "d", "e");
		this.sessions.send("s2", "x");
		start((messages, context) -> {
			if (this.batches.size() == 1) {
				context.messages().get(0).session().release();
			}
		});
		this.sessions.advance(Duration.ofSeconds(12));
		assertThat(this.batches).startsWith("s1: a b c d").containsExactlyInAnyOrder("s1: a b c d", "s2: x", "s1: e");
		assertThat(this.sessions.monitor.events()).contains("sessionClosed s1 RELEASED");
	}

	@Test
	void lostSessionDiscardsTheResultAndBeginsAgainAfterwards() {
		this.sessions.send("s1", "a", "b", "c");
		start(this::end);
		this.sessions.advance(WAIT);
		this.sessions.service.network.resetAll();
		this.sessions.advance(Duration.ofSeconds(5));
		assertThat(this.batches).as("the listener is still busy").containsExactly("s1: a b c");
		endAll();
		this.sessions.advance(WAIT);
		assertThat(this.batches).containsExactly("s1: a b c", "s1: a b c");
		endAll();
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void stopGivesBackWhatHasNotBegunAndTheSession() {
		this.sessions.send("s1", "a", "b", "c", "d", "e", "f");
		ServiceBusListenerContainer container = start(this::end);
		this.sessions.run();
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		container.stop(() -> stopped.complete(null));
		this.sessions.run();
		assertThat(stopped).isNotDone();
		endAll();
		assertThat(stopped).isDone();
		assertThat(this.batches).containsExactly("s1: a b c d");
		assertThat(this.sessions.left()).isEqualTo(2);
		assertThat(this.sessions.consumers()).isZero();
		assertThat(this.sessions.service.emulator.queue("orders").messages())
			.allSatisfy((message) -> assertThat(message.deliveryCount()).isZero());
	}

	@Test
	void stopDoesNotWaitForABatchToFill() {
		this.sessions
			.options((options) -> options.batch((batch) -> batch.withSize(4).withMaxWait(Duration.ofMinutes(10))));
		this.sessions.send("s1", "a");
		ServiceBusListenerContainer container = start(this::end);
		this.sessions.stop(container);
		assertThat(this.batches).isEmpty();
		assertThat(this.sessions.left()).isEqualTo(1);
	}

	@Test
	void whatWasDeletedOnDeliveryIsHandledWhileStopping() {
		this.sessions.options((options) -> options.settlement(SettlementMode.RECEIVE_AND_DELETE)
			.batch((batch) -> batch.withSize(4).withMaxWait(Duration.ofMinutes(10))));
		this.sessions.send("s1", "a", "b", "c");
		ServiceBusListenerContainer container = start((messages, context) -> {
		});
		this.sessions.stop(container);
		assertThat(this.batches).containsExactly("s1: a b c");
	}

	@Test
	void stateIsSavedBeforeTheBatchIsCompletedAndNotIfItFails() {
		this.sessions.send("s1", "a", "b", "c", "d", "e");
		start((messages, context) -> {
			context.messages().get(0).session().state(bodies(messages).getBytes());
			if (this.batches.size() > 1) {
				throw new IllegalStateException("fails");
			}
		});
		this.sessions.advance(Duration.ofSeconds(30));
		assertThat(state("s1")).isEqualTo("s1: a b c d");
	}

	@Test
	void stateIsThatOfTheMessagesBeforeTheOneThatFailed() {
		this.sessions.sessions((options) -> options.withFailurePolicy(SessionFailurePolicy.SKIP));
		this.sessions.send("s1", "a", "b", "bad");
		start((messages, context) -> {
			for (int index = 0; index < messages.size(); index++) {
				String body = messages.get(index).bodyAsString();
				if (body.equals("bad")) {
					throw new BatchListenerFailedException(index, new IllegalStateException("bad"));
				}
				context.messages().get(index).session().state(body.getBytes());
			}
		});
		this.sessions.advance(Duration.ofSeconds(30));
		assertThat(this.batches).containsExactly("s1: a b bad");
		assertThat(state("s1")).isEqualTo("b");
	}

	@Test
	void batchWhoseStateCannotBeSavedIsHandledAgain() {
		this.sessions.send("s1", "a", "b");
		start((messages, context) -> context.messages()
			.get(1)
			.session()
			.state((this.batches.size() == 1) ? new byte[300_000] : new byte[] { 65 }));
		this.sessions.advance(Duration.ofSeconds(30));
		assertThat(this.batches).containsExactly("s1: a b", "s1: a b");
		assertThat(state("s1")).isEqualTo("A");
		assertThat(this.sessions.left()).isZero();
	}

	@Test
	void severalBatchesOfASessionAreHandledAtOnceIfAskedFor() {
		this.sessions.sessions((options) -> options.withMaxConcurrentCalls(2));
		this.sessions.send("s1", "a", "b", "c", "d", "e", "f", "g", "h", "i");
		start(this::end);
		assertThat(this.batches).containsExactly("s1: a b c d", "s1: e f g h");
		endAll();
		this.sessions.advance(WAIT);
		assertThat(this.batches).hasSize(3);
	}

	private ServiceBusListenerContainer start(BatchMessageListener listener) {
		return this.sessions.start(recording(listener));
	}

	private BatchMessageListener recording(BatchMessageListener listener) {
		return (messages, context) -> {
			this.batches.add(bodies(messages));
			listener.onBatch(messages, context);
		};
	}

	private void end(List<ServiceBusReceivedMessage> messages, BatchContext context) {
		CompletableFuture<Void> end = new CompletableFuture<>();
		this.ends.add(end);
		context.settleAfter(end);
	}

	private void endAll() {
		this.ends.forEach((end) -> end.complete(null));
		this.sessions.run();
	}

	private static void failAt(String body, List<ServiceBusReceivedMessage> messages) {
		for (int index = 0; index < messages.size(); index++) {
			if (messages.get(index).bodyAsString().equals(body)) {
				throw new BatchListenerFailedException(index, new IllegalStateException("bad"));
			}
		}
	}

	private List<String> deadLetters() {
		return this.sessions.service.emulator.queue("orders")
			.deadLetters()
			.stream()
			.map(StoredMessage::bodyAsString)
			.toList();
	}

	private String state(String sessionId) {
		SessionReceiver receiver = this.sessions.service
			.await(this.sessions.service.client.acceptSessionAsync(ReceiverOptions.queue("orders"), sessionId));
		String state = this.sessions.service.await(receiver.session().getStateAsStringAsync());
		receiver.close();
		return state;
	}

	private static String bodies(List<ServiceBusReceivedMessage> messages) {
		StringBuilder text = new StringBuilder(messages.get(0).sessionId()).append(':');
		messages.forEach((message) -> text.append(' ').append(message.bodyAsString()));
		return text.toString();
	}

}
