package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.servicebus.client.Disposition;
import dev.servicebus.listener.ErrorHandler;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.support.FakeSource;
import org.springframework.messaging.converter.MessageConversionException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of messages when a listener returns or fails.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ContainerOutcomeTests {

	private final ContainerFixture fixture = new ContainerFixture();

	@Test
	void returnOfTheListenerCompletesTheMessage() {
		List<String> bodies = new ArrayList<>();
		FakeSource source = this.fixture.start((message, context) -> bodies.add(message.bodyAsString()));
		this.fixture.handle("one");
		this.fixture.handle("two");
		assertThat(bodies).containsExactly("one", "two");
		assertThat(source.dispositions()).containsExactly(new Disposition.Complete(), new Disposition.Complete());
	}

	@Test
	void failureIsRetriedWithGrowingDelayAndThenDeadLettered() {
		List<Integer> attempts = new ArrayList<>();
		FakeSource source = this.fixture.start((message, context) -> {
			attempts.add(context.attempt());
			throw new IllegalStateException("no stock");
		});
		this.fixture.handle("order");
		assertThat(attempts).containsExactly(1);
		this.fixture.advance(Duration.ofMillis(999));
		assertThat(attempts).containsExactly(1);
		this.fixture.advance(Duration.ofMillis(1));
		assertThat(attempts).containsExactly(1, 2);
		this.fixture.advance(Duration.ofMillis(1999));
		assertThat(attempts).containsExactly(1, 2);
		assertThat(source.settled()).isEmpty();
		this.fixture.advance(Duration.ofMillis(1));
		assertThat(attempts).containsExactly(1, 2, 3);
		assertThat(source.dispositions()).map(ContainerFixture::withoutProperties)
			.containsExactly(new Disposition.DeadLetter("java.lang.IllegalStateException", "no stock", Map.of()));
		assertThat(this.fixture.monitor.events()).hasSize(3).allMatch("handlingFailed no stock"::equals);
	}

	@Test
	void successAfterRetryCompletes() {
		FakeSource source = this.fixture.start((message, context) -> {
			if (context.attempt() == 1) {
				throw new IllegalStateException("not yet");
			}
		});
		this.fixture.handle("order");
		this.fixture.advance(Duration.ofSeconds(1));
		assertThat(source.dispositions()).containsExactly(new Disposition.Complete());
	}

	@Test
	void messageThatWaitsForItsRetryHoldsNoThreadAndLendsItsSlot() {
		List<String> bodies = new ArrayList<>();
		FakeSource source = this.fixture.start((message, context) -> {
			bodies.add(message.bodyAsString());
			if (message.bodyAsString().equals("bad") && context.attempt() == 1) {
				throw new IllegalStateException("not yet");
			}
		});
		this.fixture.handle("bad");
		assertThat(source.demand()).isEqualTo(2);
		assertThat(this.fixture.executor.waiting()).isZero();
		this.fixture.handle("good");
		assertThat(bodies).containsExactly("bad", "good");
		this.fixture.advance(Duration.ofSeconds(1));
		assertThat(bodies).containsExactly("bad", "good", "bad");
		assertThat(source.demand()).isEqualTo(1);
	}

	@Test
	void demandForWaitingMessagesIsLimitedByTheConcurrency() {
		FakeSource source = this.fixture.options((options) -> options.concurrency(2)).start((message, context) -> {
			throw new IllegalStateException("down");
		});
		for (int i = 0; i < 10; i++) {
			this.fixture.handle("order");
		}
		assertThat(source.demand()).isEqualTo(4);
		assertThat(source.backlog()).isEqualTo(6);
	}

	@Test
	void conversionFailureIsDeadLetteredAtOnceAndTheNextMessageIsHandled() {
		FakeSource source = this.fixture.start((message, context) -> {
			if (message.bodyAsString().equals("{")) {
				throw new MessageConversionException("unexpected end of input");
			}
		});
		this.fixture.handle("{");
		this.fixture.handle("fine");
		assertThat(source.dispositions()).map(ContainerFixture::withoutProperties)
			.containsExactly(new Disposition.DeadLetter(MessageConversionException.class.getName(),
					"unexpected end of input", Map.of()), new Disposition.Complete());
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorOfTheListenerCostsItsMessageOneAttemptAndNotTheContainer(Error error) {
		FakeSource source = this.fixture.start((message, context) -> {
			if (context.attempt() == 1) {
				throw error;
			}
		});
		this.fixture.handle("order");
		assertThat(source.settled()).isEmpty();
		this.fixture.advance(Duration.ofSeconds(1));
		this.fixture.handle("next");
		this.fixture.advance(Duration.ofSeconds(1));
		assertThat(source.dispositions()).containsExactly(new Disposition.Complete(), new Disposition.Complete());
	}

	static Stream<Error> errors() {
		return Stream.of(new StackOverflowError(), new NoClassDefFoundError("a/B"), new AssertionError("wrong"),
				new OutOfMemoryError("simulated"));
	}

	@Test
	void interruptedListenerAbandonsAndTheFlagDoesNotReachTheNextMessage() {
		List<Boolean> flags = new ArrayList<>();
		FakeSource source = this.fixture.start((message, context) -> {
			flags.add(Thread.currentThread().isInterrupted());
			Thread.currentThread().interrupt();
		});
		this.fixture.handle("one");
		this.fixture.handle("two");
		assertThat(flags).containsExactly(false, false);
		assertThat(Thread.interrupted()).isFalse();
		assertThat(source.dispositions()).containsExactly(new Disposition.Abandon(Map.of()),
				new Disposition.Abandon(Map.of()));
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void errorHandlerDecides(Outcome outcome, Disposition expected) {
		FakeSource source = this.fixture.errorHandler((failure) -> outcome).start(failing());
		this.fixture.handle("order");
		assertThat(source.dispositions()).containsExactly(expected);
	}

	static Stream<Arguments> outcomes() {
		return Stream.of(Arguments.of(Outcome.complete(), new Disposition.Complete()),
				Arguments.of(Outcome.abandon(), new Disposition.Abandon(Map.of())),
				Arguments.of(new Outcome.Abandon(Map.of("a", 1)), new Disposition.Abandon(Map.of("a", 1))),
				Arguments.of(Outcome.defer(), new Disposition.Defer(Map.of())),
				Arguments.of(Outcome.deadLetter("bad", "very"), new Disposition.DeadLetter("bad", "very", Map.of())),
				Arguments.of(Outcome.stopContainer(), new Disposition.Abandon(Map.of())));
	}

	@Test
	void errorHandlerSeesTheFailureAndTheProposal() {
		List<Outcome> proposals = new ArrayList<>();
		ErrorHandler handler = (failure) -> {
			assertThat(failure.listenerId()).isEqualTo("orders");
			assertThat(failure.error()).hasMessage("failed");
			proposals.add(failure.proposal());
			return Outcome.retryAfter(Duration.ofHours(1));
		};
		this.fixture.errorHandler(handler).start(failing());
		this.fixture.handle("order");
		this.fixture.advance(Duration.ofHours(1));
		assertThat(proposals).containsExactly(Outcome.retryAfter(Duration.ofSeconds(1)),
				Outcome.retryAfter(Duration.ofSeconds(2)));
	}

	@Test
	void errorHandlerThatFailsLeavesTheProposal() {
		FakeSource source = this.fixture.errorHandler((failure) -> {
			throw new IllegalArgumentException("handler is broken");
		}).start((message, context) -> {
			throw new MessageConversionException("bad");
		});
		this.fixture.handle("order");
		assertThat(source.dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	@Test
	void errorHandlerWithoutAnswerLeavesTheProposal() {
		FakeSource source = this.fixture.errorHandler((failure) -> null).start((message, context) -> {
			throw new MessageConversionException("bad");
		});
		this.fixture.handle("order");
		assertThat(source.dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	@Test
	void messagesForWhichNoThreadIsLeftAreHandledASecondLater() {
		FakeSource source = this.fixture.start((message, context) -> {
		});
		this.fixture.executor.reject(true);
		this.fixture.handle("order");
		assertThat(this.fixture.monitor.events()).containsExactly("executorRejected");
		this.fixture.executor.reject(false);
		this.fixture.advance(Duration.ofSeconds(1));
		assertThat(source.dispositions()).containsExactly(new Disposition.Complete());
	}

	@Test
	void stopOutcomeStopsTheContainer() {
		ServiceBusListenerContainer container = this.fixture.errorHandler((failure) -> Outcome.stopContainer())
			.container(failing());
		container.start();
		this.fixture.handle("order");
		assertThat(container.isRunning()).isFalse();
		assertThat(this.fixture.client.source().isClosed()).isTrue();
	}

	@Test
	void reasonAndDescriptionAreCutOnACharacterBoundaryAndEscaped() {
		String description = "a\nb" + "\uD83D\uDE00".repeat(3000);
		FakeSource source = this.fixture.errorHandler((failure) -> Outcome.deadLetter("bad", description))
			.start(failing());
		this.fixture.handle("order");
		Disposition.DeadLetter deadLetter = (Disposition.DeadLetter) source.dispositions().get(0);
		assertThat(deadLetter.description()).startsWith("a\\nb")
			.hasSizeBetween(4090, 4096)
			.endsWith("\uD83D\uDE00\u2026");
	}

	@Test
	void settlementThatFailsIsReportedAndFreesTheContainer() {
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
		});
		container.start();
		this.fixture.client.source().holdConfirmations();
		this.fixture.handle("order");
		this.fixture.client.source().refuse(new IllegalStateException("broker is gone"));
		assertThat(this.fixture.monitor.events()).containsExactly("settlementFailed broker is gone");
		container.stop();
		assertThat(container.isRunning()).isFalse();
	}

	private static MessageListener failing() {
		return (message, context) -> {
			throw new IllegalStateException("failed");
		};
	}

}
