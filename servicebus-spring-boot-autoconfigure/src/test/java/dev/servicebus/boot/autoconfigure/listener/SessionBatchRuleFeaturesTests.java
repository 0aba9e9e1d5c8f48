package dev.servicebus.boot.autoconfigure.listener;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.session.SessionSnapshot;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchSettlement;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Batches of sessions when something fails, waits or stops, in an application with the
 * emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SessionBatchRuleFeaturesTests {

	private static final Duration WAIT = Duration.ofSeconds(20);

	private static final Duration IDLE = Duration.ofSeconds(15);

	private static final int ABANDONED = 2;

	private final ListenerApplication application = ListenerApplication.of(Listeners.class)
		.with("servicebus.emulator.queues.baskets.requires-session=true", "servicebus.listener.batch.size=3",
				"servicebus.listener.batch.max-wait=20s", "servicebus.listener.session.idle-timeout=15s",
				"servicebus.listener.retry.delay=5s", "servicebus.listener.retry.jitter=0",
				"servicebus.listener.retry.max-attempts=2");

	@Test
	void skippedMessageLetsThoseBehindItGoOn() {
		run("servicebus.listeners.baskets.session.failure-policy=skip", (application) -> {
			send(application, 1, -1, 3);
			assertThat(application.nextCall()).containsExactly(1, -1, 3);
			assertThat(application.nextCall()).containsExactly(3);
			assertThat(application.deadLetter("baskets").bodyAsString()).isEqualTo("-1");
			application.awaitMessages("baskets", 0);
		});
	}

	@Test
	void parkedSessionGoesBackWithTheMessageAndThoseBehindIt() {
		run("servicebus.listeners.baskets.session.failure-policy=park", (application) -> {
			send(application, 1, -1, 3, 4);
			assertThat(application.nextCall()).containsExactly(1, -1, 3);
			application.time().awaitTask(Duration.ofSeconds(5));
			application.time().advance(Duration.ofSeconds(5));
			assertThat(application.nextCall()).containsExactly(-1, 3, 4);
			assertThat(application.nextCall()).containsExactly(3, 4);
			assertThat(application.deadLetter("baskets").bodyAsString()).isEqualTo("-1");
			application.awaitMessages("baskets", 0);
		});
	}

	@Test
	void abandonedMessageTakesThoseBehindItWithIt() {
		this.application.with(Abandoning.class).withTimeOfTheEmulator().run((application) -> {
			send(application, 1, -1, 3, 4);
			assertThat(application.nextCall()).containsExactly(1, -1, 3);
			assertThat(application.nextCall()).containsExactly(-1, 3, 4);
			assertThat(application.deadLetter("baskets").bodyAsString()).isEqualTo("-1");
			assertThat(application.nextCall()).containsExactly(3, 4);
			application.awaitMessages("baskets", 0);
		});
	}

	@Test
	void messageAbandonedByTheMethodComesBeforeTheNextBatch() {
		this.application.withTimeOfTheEmulator().run((application) -> {
			send(application, 1, ABANDONED, 3, 4, 5);
			assertThat(application.nextCall()).containsExactly(1, ABANDONED, 3);
			assertThat(application.nextCall()).containsExactly(ABANDONED, 4, 5);
			application.awaitCompleted("baskets");
		});
	}

	@Test
	void idleTimeDoesNotRunWhileABatchIsCollected() {
		this.application.withTimeOfTheEmulator().run((application) -> {
			send(application, 1);
			application.time().awaitTask(WAIT);
			application.time().advance(WAIT.minusMillis(1));
			assertThat(sessions(application)).allMatch(SessionSnapshot::isLocked);
			application.time().advance(Duration.ofMillis(1));
			assertThat(application.nextCall()).containsExactly(1);
			application.awaitCompleted("baskets");
			application.time().awaitTask(IDLE);
			application.time().advance(IDLE);
			await().atMost(RunningApplication.PATIENCE)
				.untilAsserted(() -> assertThat(sessions(application)).noneMatch(SessionSnapshot::isLocked));
		});
	}

	@Test
	void stopGivesBackWhatHasNotBegunAndTheSession() {
		this.application.withTimeOfTheEmulator().run((application) -> {
			send(application, 1, 5);
			application.time().awaitTask(WAIT);
			application.stop();
			assertThat(application.messages("baskets")).hasSize(2)
				.allSatisfy((message) -> assertThat(message.deliveryCount()).isZero())
				.noneMatch(StoredMessage::isLocked);
			assertThat(sessions(application)).noneMatch(SessionSnapshot::isLocked);
			assertThat(application.bean(Calls.class).isEmpty()).isTrue();
		});
	}

	@Test
	void whatWasDeletedOnDeliveryIsHandledWhileStopping() {
		this.application.with(Deleted.class)
			.with("servicebus.emulator.queues.deleted.requires-session=true")
			.withTimeOfTheEmulator()
			.run((application) -> {
				application.to("deleted").sessionId("s1").body("a").send();
				application.to("deleted").sessionId("s1").body("b").send();
				application.awaitCompleted("deleted");
				application.stop();
				assertThat(application.nextCall()).containsExactly("a", "b");
			});
	}

	@Test
	void batchWhoseStateCannotBeSavedIsHandledAgain() {
		this.application.withTimeOfTheEmulator().run((application) -> {
			send(application, 1, 5, 300_000);
			assertThat(application.nextCall()).containsExactly(1, 5, 300_000);
			application.time().awaitTask(Duration.ofSeconds(5));
			application.time().advance(Duration.ofSeconds(5));
			assertThat(application.nextCall()).containsExactly(1, 5, 300_000);
			assertThat(application.deadLetters("baskets", 3)).hasSize(3);
			assertThat(sessions(application)).allMatch((session) -> session.state() == null);
		});
	}

	private void run(String property, ListenerApplication.Scenario scenario) {
		this.application.with(property).withTimeOfTheEmulator().run(scenario);
	}

	private static void send(RunningApplication application, int... numbers) {
		for (int number : numbers) {
			application.to("baskets").sessionId("s1").body(number).send();
		}
	}

	private static List<SessionSnapshot> sessions(RunningApplication application) {
		return application.emulator().queue("baskets").sessions();
	}

	record Listeners(Calls calls) {

		@ServiceBusListener(id = "baskets", queue = "baskets", sessions = "true")
		void handle(List<Integer> numbers, SessionState<String> state, BatchSettlement settlement) {
			this.calls.add(numbers.toArray());
			if (numbers.indexOf(ABANDONED) == 1) {
				settlement.get(1).abandon();
			}
			state.set("*".repeat(numbers.get(numbers.size() - 1)));
			int negative = numbers.indexOf(-1);
			if (negative >= 0) {
				throw new BatchListenerFailedException(negative, new IllegalArgumentException("negative"));
			}
		}

	}

	record Deleted(Calls calls) {

		@ServiceBusListener(queue = "deleted", sessions = "true", settlement = "receive-and-delete")
		void handle(List<String> items) {
			this.calls.add(items.toArray());
		}

	}

	static class Abandoning implements ErrorHandler {

		@Override
		public Outcome handle(ListenerFailure failure) {
			return (failure.message().deliveryCount() == 0) ? Outcome.abandon()
					: Outcome.deadLetter("negative", "not ever");
		}

	}

}
