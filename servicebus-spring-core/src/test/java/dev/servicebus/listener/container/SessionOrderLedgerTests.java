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

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.amqp.simulation.SimulatedConnection;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionFailurePolicy;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two containers share sessions while listeners fail, take their time and give sessions
 * back, connections break, and containers stop and start. Within a session no message may
 * be handled before the one in front of it was handled with success, and in one container
 * never two at once.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SessionOrderLedgerTests {

	private static final int SESSIONS = 12;

	private static final int MESSAGES = 600;

	@ParameterizedTest
	@CsvSource({ "1, HOLD", "2, HOLD", "3, PARK", "4, PARK", "5, SKIP", "6, SKIP" })
	void orderSurvivesFailures(long seed, SessionFailurePolicy policy) {
		try (Run run = new Run(seed, policy)) {
			run.execute();

			assertThat(run.violations).as("violations, %s", run.sessions.service).isEmpty();
			assertThat(run.failures).as("failures, %s", run.sessions.service).isGreaterThan(MESSAGES / 20);
			assertThat(run.faults).as("faults, %s", run.sessions.service).isPositive();
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

		private int faults;

		Run(long seed, SessionFailurePolicy policy) {
			this.random = new Random(seed);
			this.sessions = new SimulatedSessions(seed)
				.sessions((options) -> options.withFailurePolicy(policy).withIdleTimeout(Duration.ofMillis(300)))
				.options((options) -> options.concurrency(4)
					.prefetch(3)
					.retry((retry) -> retry.mutate().maxAttempts(1000).delay(Duration.ofMillis(50)).build()))
				.errorHandler((failure) -> decide(failure.message(), failure.proposal()));
		}

		void execute() {
			for (String id : List.of("one", "two")) {
				ServiceBusListenerContainer container = this.sessions.container(id,
						(message, context) -> handle(id, message, context));
				this.containers.add(container);
				container.start();
			}
			for (int i = 0; i < MESSAGES; i++) {
				String session = "s" + this.random.nextInt(SESSIONS);
				this.sessions.send(session, Integer.toString(this.sent.merge(session, 1, Integer::sum)));
				step();
				if (this.random.nextInt(40) == 0) {
					disturb();
				}
			}
			for (int i = 0; i < 5_000 && this.sessions.left() > 0; i++) {
				step();
			}
		}

		private void handle(String container, ServiceBusReceivedMessage message, ListenerContext context) {
			String session = message.sessionId();
			int number = Integer.parseInt(message.bodyAsString());
			if (number > this.done.getOrDefault(session, 0) + 1) {
				this.violations.add(session + ": " + number + " before " + (this.done.getOrDefault(session, 0) + 1));
			}
			if (!this.running.add(container + session)) {
				this.violations.add(session + ": two at once in " + container);
			}
			switch (this.random.nextInt(8)) {
				case 0 -> {
					this.running.remove(container + session);
					this.failures++;
					throw new IllegalStateException("random");
				}
				case 1, 2 -> {
					CompletableFuture<Void> work = new CompletableFuture<>();
					this.busy.add(work);
					context.settleAfter(work.thenRun(() -> succeeded(container, session, number, context)));
				}
				case 3 -> {
					context.session().release();
					succeeded(container, session, number, context);
				}
				default -> succeeded(container, session, number, context);
			}
		}

		/** What a listener does after its lock was lost does not count. */
		private void succeeded(String container, String session, int number, ListenerContext context) {
			this.running.remove(container + session);
			if (!context.isLockLost()) {
				this.done.merge(session, number, Math::max);
			}
		}

		private Outcome decide(ServiceBusReceivedMessage message, Outcome proposal) {
			if (this.random.nextInt(4) == 0) {
				return Outcome.abandon();
			}
			if (proposal instanceof Outcome.DeadLetter) {
				this.done.merge(message.sessionId(), Integer.parseInt(message.bodyAsString()), Math::max);
			}
			return proposal;
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
		 * Breaks the connection now or in the middle of what comes next, or stops a
		 * container for a moment.
		 */
		private void disturb() {
			this.faults++;
			switch (this.random.nextInt(3)) {
				case 0 -> this.sessions.service.network.resetAll();
				case 1 -> {
					for (SimulatedConnection connection : this.sessions.service.network.connections()) {
						connection.resetAfter(this.random.nextBoolean() ? Direction.TO_DIALER : Direction.TO_LISTENER,
								this.random.nextInt(3000));
					}
				}
				default -> {
					ServiceBusListenerContainer container = this.containers.get(this.random.nextInt(2));
					container.stop(() -> {
					});
					while (container.isRunning()) {
						step();
					}
					container.start();
				}
			}
		}

		@Override
		public void close() {
			this.sessions.close();
		}

	}

}
