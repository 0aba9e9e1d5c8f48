package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionFailurePolicy;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps a ledger of two containers that take batches of the same sessions, while
 * listeners fail at random places, messages are abandoned, connections break and
 * containers stop: no batch mixes sessions or leaves out a message, and none is handled
 * before all messages in front of it are done.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SessionBatchLedgerTests {

	private static final int SESSIONS = 8;

	private static final int MESSAGES = 600;

	@ParameterizedTest
	@CsvSource({ "11, HOLD", "12, HOLD", "13, PARK", "14, PARK", "15, SKIP", "16, SKIP" })
	void orderSurvivesFailures(long seed, SessionFailurePolicy policy) {
		try (Run run = new Run(seed, policy)) {
			run.execute();

			assertThat(run.violations).as("violations, %s", run.sessions.service).isEmpty();
			assertThat(run.failures).as("failures, %s", run.sessions.service).isGreaterThan(20);
			assertThat(run.largest).as("messages in a batch, %s", run.sessions.service).isGreaterThan(2);
			assertThat(run.sessions.left()).as("left over, %s", run.sessions.service).isZero();
			run.sent.forEach(
					(session, count) -> assertThat(run.done.get(session)).as("through %s", session).isEqualTo(count));
		}
	}

	/**
	 * One run: sends, handles, breaks.
	 */
	private static final class Run implements AutoCloseable {

		private final Random random;

		private final SimulatedSessions sessions;

		private final List<ServiceBusListenerContainer> containers = new ArrayList<>();

		private final List<CompletableFuture<Void>> busy = new ArrayList<>();

		private final Map<String, Integer> sent = new HashMap<>();

		/** How many messages of a session were handled with success or given up. */
		private final Map<String, Integer> done = new HashMap<>();

		private final Set<String> running = new HashSet<>();

		private final List<String> violations = new ArrayList<>();

		private int failures;

		private int largest;

		Run(long seed, SessionFailurePolicy policy) {
			this.random = new Random(seed);
			this.sessions = new SimulatedSessions(seed)
				.sessions((options) -> options.withFailurePolicy(policy).withIdleTimeout(Duration.ofMillis(300)))
				.options((options) -> options.concurrency(3)
					.prefetch(3)
					.batch((batch) -> batch.withSize(5).withMaxWait(Duration.ofMillis(80)))
					.retry((retry) -> retry.mutate()
						.maxAttempts(1000)
						.delay(Duration.ofMillis(50))
						.jitter(0.5)
						.build()))
				.errorHandler((failure) -> decide(failure.message(), failure.proposal()));
		}

		void execute() {
			for (String id : List.of("one", "two")) {
				BatchMessageListener listener = (messages, context) -> handle(id, messages, context);
				ServiceBusListenerContainer container = this.sessions.container(id, listener);
				this.containers.add(container);
				container.start();
			}
			for (int i = 0; i < MESSAGES; i++) {
				String session = "s" + this.random.nextInt(SESSIONS);
				this.sessions.send(session, Integer.toString(this.sent.merge(session, 1, Integer::sum)));
				if (this.random.nextInt(3) == 0) {
					step();
				}
				if (this.random.nextInt(60) == 0) {
					disturb();
				}
			}
			for (int i = 0; i < 5_000 && this.sessions.left() > 0; i++) {
				step();
			}
		}

		private void handle(String container, List<ServiceBusReceivedMessage> messages, BatchContext context) {
			String session = messages.get(0).sessionId();
			check(container, session, messages);
			this.largest = Math.max(this.largest, messages.size());
			switch (this.random.nextInt(8)) {
				case 0 -> {
					this.running.remove(container + session);
					this.failures++;
					throw new IllegalStateException("all of them");
				}
				case 1, 2 -> {
					this.failures++;
					int failed = this.random.nextInt(messages.size());
					succeeded(container, messages.subList(0, failed), context);
					this.running.remove(container + session);
					throw new BatchListenerFailedException(failed, new IllegalStateException("one of them"));
				}
				case 3, 4 -> {
					CompletableFuture<Void> work = new CompletableFuture<>();
					this.busy.add(work);
					context.settleAfter(work.thenRun(() -> succeeded(container, messages, context)));
				}
				case 5 -> {
					context.messages().get(0).session().release();
					succeeded(container, messages, context);
				}
				default -> succeeded(container, messages, context);
			}
		}

		private void check(String container, String session, List<ServiceBusReceivedMessage> messages) {
			int expected = this.done.getOrDefault(session, 0) + 1;
			int first = number(messages.get(0));
			if (first > expected) {
				this.violations.add(session + ": " + first + " before " + expected);
			}
			for (int i = 0; i < messages.size(); i++) {
				ServiceBusReceivedMessage message = messages.get(i);
				if (!message.sessionId().equals(session)) {
					this.violations.add(session + ": mixed with " + message.sessionId());
				}
				if (i > 0 && number(message) <= number(messages.get(i - 1))) {
					this.violations.add(session + ": " + number(message) + " behind " + number(messages.get(i - 1)));
				}
				if (number(message) > Math.max(expected, number(messages.get(Math.max(0, i - 1))) + 1)) {
					this.violations.add(session + ": " + number(message) + " too early in its batch");
				}
			}
			if (!this.running.add(container + session)) {
				this.violations.add(session + ": two at once in " + container);
			}
		}

		/** What a listener does after its lock was lost does not count. */
		private void succeeded(String container, List<ServiceBusReceivedMessage> messages, BatchContext context) {
			for (int i = 0; i < messages.size(); i++) {
				ServiceBusReceivedMessage message = messages.get(i);
				this.running.remove(container + message.sessionId());
				if (!context.messages().get(i).isLockLost()) {
					this.done.merge(message.sessionId(), number(message), Math::max);
				}
			}
		}

		private Outcome decide(ServiceBusReceivedMessage message, Outcome proposal) {
			if (this.random.nextInt(4) == 0) {
				return Outcome.abandon();
			}
			if (proposal instanceof Outcome.DeadLetter) {
				this.done.merge(message.sessionId(), number(message), Math::max);
			}
			return proposal;
		}

		private static int number(ServiceBusReceivedMessage message) {
			return Integer.parseInt(message.bodyAsString());
		}

		private void step() {
			this.sessions.executor.runAll();
			this.sessions.service.advance(Duration.ofMillis(10));
			if (this.random.nextInt(3) == 0) {
				List.copyOf(this.busy).forEach((work) -> work.complete(null));
				this.busy.clear();
			}
		}

		/**
		 * Breaks the connection, or stops a container for a moment.
		 */
		private void disturb() {
			if (this.random.nextBoolean()) {
				this.sessions.service.network.resetAll();
				return;
			}
			ServiceBusListenerContainer container = this.containers.get(this.random.nextInt(2));
			container.stop(() -> {
			});
			while (container.isRunning()) {
				step();
			}
			container.start();
		}

		@Override
		public void close() {
			this.sessions.close();
		}

	}

}
