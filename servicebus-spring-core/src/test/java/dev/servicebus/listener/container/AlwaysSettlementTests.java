package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.listener.AbandonMessageException;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionFailurePolicy;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;

import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners whose messages are completed whatever becomes of them.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AlwaysSettlementTests {

	private static final Disposition COMPLETE = new Disposition.Complete();

	private final ContainerFixture fixture = new ContainerFixture()
		.options((options) -> options.settlement(SettlementMode.ALWAYS));

	@Test
	void messageIsCompletedWhetherTheListenerReturnsOrThrows() {
		FakeSource source = this.fixture.start((message, context) -> {
			switch (message.bodyAsString()) {
				case "exception" -> throw new IllegalStateException("no stock");
				case "error" -> throw new AssertionError("impossible");
				case "conversion" -> throw new MessageConversionException("no JSON");
				case "interrupt" -> Thread.currentThread().interrupt();
				default -> {
				}
			}
		});
		List.of("good", "exception", "error", "conversion", "interrupt").forEach(this.fixture::handle);
		assertThat(source.dispositions()).containsExactly(COMPLETE, COMPLETE, COMPLETE, COMPLETE, COMPLETE);
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed no stock",
				"handlingFailed impossible", "handlingFailed no JSON",
				"handlingFailed The listener returned with its thread interrupted");
		assertThat(this.fixture.time.pending()).isZero();
	}

	@Test
	void futureThatFailsCompletesItsMessage() {
		FakeSource source = this.fixture.start((message, context) -> context
			.settleAfter(CompletableFuture.failedFuture(new IllegalStateException("later"))));
		this.fixture.handle("order");
		assertThat(source.dispositions()).containsExactly(COMPLETE);
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed later");
	}

	@Test
	void errorHandlerIsProposedToCompleteAndMayDecideOtherwise() {
		List<Outcome> proposals = new ArrayList<>();
		FakeSource source = this.fixture.errorHandler((failure) -> {
			proposals.add(failure.proposal());
			return Outcome.defer();
		}).start((message, context) -> {
			throw new IllegalStateException("no stock");
		});
		this.fixture.handle("order");
		assertThat(proposals).containsExactly(Outcome.complete());
		assertThat(source.dispositions()).containsExactly(new Disposition.Defer(Map.of()));
	}

	@Test
	void whatTheListenerSaysStands() {
		FakeSource source = this.fixture.start((message, context) -> {
			if (message.bodyAsString().equals("throws")) {
				throw new AbandonMessageException("not mine");
			}
			context.settlement().deadLetter("bad", "very bad");
			throw new IllegalStateException("afterwards");
		});
		this.fixture.handle("throws");
		this.fixture.handle("settles");
		assertThat(source.dispositions()).containsExactly(new Disposition.Abandon(Map.of()),
				new Disposition.DeadLetter("bad", "very bad", Map.of()));
	}

	@Test
	void containerThatIsToStopOnAFatalErrorGivesItsMessageBack() {
		this.fixture.options((options) -> options.settlement(SettlementMode.ALWAYS)
			.failures((failures) -> failures.withStopOnFatalError(true)));
		FakeSource source = this.fixture.start((message, context) -> {
			throw new OutOfMemoryError("Java heap space");
		});
		this.fixture.handle("order");
		assertThat(source.dispositions()).containsExactly(new Disposition.Abandon(Map.of()));
		assertThat(source.isClosed()).isTrue();
	}

	@Test
	void batchIsCompletedButForWhatWasNotReached() {
		List<List<String>> batches = new ArrayList<>();
		this.fixture.options((options) -> options.settlement(SettlementMode.ALWAYS)
			.batch((batch) -> batch.withSize(3).withMaxWait(Duration.ofSeconds(1))));
		BatchMessageListener listener = (messages, context) -> {
			List<String> bodies = messages.stream().map((message) -> message.bodyAsString()).toList();
			batches.add(bodies);
			if (bodies.contains("bad")) {
				throw new BatchListenerFailedException(bodies.indexOf("bad"), new IllegalStateException("bad"));
			}
			throw new IllegalStateException("all of them");
		};
		FakeSource source = this.fixture.start(listener);
		List.of("good", "bad", "late").forEach((body) -> source.publish(FakeClient.message(body)));
		this.fixture.executor.runAll();
		this.fixture.advance(Duration.ofSeconds(1));
		assertThat(batches).containsExactly(List.of("good", "bad", "late"), List.of("late"));
		assertThat(source.dispositions()).containsExactly(COMPLETE, COMPLETE, COMPLETE);
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed bad", "handlingFailed all of them");
	}

	@Test
	void sessionGoesOnWithItsNextMessageWhateverItsFailurePolicy() {
		for (SessionFailurePolicy policy : SessionFailurePolicy.values()) {
			List<String> handled = new ArrayList<>();
			try (SimulatedSessions sessions = new SimulatedSessions(17)) {
				sessions.send("s1", "bad", "next");
				sessions
					.options((options) -> options.settlement(SettlementMode.ALWAYS)
						.sessions((base) -> base.withFailurePolicy(policy)))
					.start((message, context) -> {
						handled.add(message.bodyAsString());
						throw new IllegalStateException("no stock");
					});
				sessions.run();
				assertThat(handled).as("policy " + policy).containsExactly("bad", "next");
				assertThat(sessions.left()).isZero();
				assertThat(sessions.service.emulator.queue("orders").deadLetters()).isEmpty();
			}
		}
	}

}
