package dev.servicebus.listener.container;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.message.ServiceBusMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One container serves a thousand sessions at once. However much waits in the broker, it
 * has no more in hand than one message and one prefetched for each of them.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ManySessionsTests {

	private static final int SESSIONS = 1_000;

	private static final int MESSAGES_EACH = 6;

	private static final int PREFETCH = 1;

	private static final int MOST_IN_HAND = SESSIONS * (1 + PREFETCH);

	private final SimulatedSessions sessions = new SimulatedSessions(11);

	private final Map<String, Integer> handled = new HashMap<>();

	private final Set<String> busy = new HashSet<>();

	private final Queue<CompletableFuture<Void>> unfinished = new ArrayDeque<>();

	@Test
	void whatIsInHandIsBoundedBySessionsAndPrefetch() {
		try (this.sessions) {
			for (int number = 0; number < MESSAGES_EACH; number++) {
				sendToAll("message-" + number);
			}
			ServiceBusListenerContainer container = this.sessions
				.options((options) -> options.concurrency(SESSIONS).prefetch(PREFETCH))
				.start((message, context) -> {
					String session = message.sessionId();
					assertThat(this.busy.add(session)).as("%s is handled once at a time", session).isTrue();
					int earlier = this.handled.merge(session, 1, Integer::sum) - 1;
					assertThat(message.bodyAsString()).as(session).isEqualTo("message-" + earlier);
					CompletableFuture<Void> end = new CompletableFuture<>();
					this.unfinished.add(end);
					context.settleAfter(end.thenRun(() -> this.busy.remove(session)));
				});

			for (int round = 1; round <= MESSAGES_EACH; round++) {
				runUntilBusy();
				assertThat(this.handled).hasSize(SESSIONS)
					.allSatisfy((session, count) -> assertThat(count).isPositive());
				assertThat(container.state().inFlight()).as("in hand").isBetween(SESSIONS, MOST_IN_HAND);
				assertThat(this.sessions.service.emulator.queue("orders").counts().locked()).as("locked")
					.isBetween(SESSIONS, MOST_IN_HAND);
				finishAll();
			}
			this.sessions.run();
			assertThat(this.handled.values()).containsOnly(MESSAGES_EACH);
			assertThat(this.sessions.left()).isZero();
			assertThat(container.state().inFlight()).isZero();
		}
	}

	private void sendToAll(String body) {
		this.sessions.service.await(CompletableFuture.allOf(IntStream.range(0, SESSIONS)
			.mapToObj((session) -> this.sessions.service.client.sender("orders")
				.sendAsync(ServiceBusMessage.builder().body(body).sessionId("session-" + session).build()))
			.toArray(CompletableFuture<?>[]::new)));
	}

	/** Until a message of every session is being handled. */
	private void runUntilBusy() {
		for (int i = 0; i < 100 && this.busy.size() < SESSIONS; i++) {
			this.sessions.run();
		}
		assertThat(this.busy).hasSize(SESSIONS);
	}

	private void finishAll() {
		for (int count = this.unfinished.size(); count > 0; count--) {
			this.unfinished.remove().complete(null);
		}
	}

}
