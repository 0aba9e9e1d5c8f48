package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.servicebus.client.Disposition;
import dev.servicebus.listener.AbandonMessageException;
import dev.servicebus.listener.CompleteMessageException;
import dev.servicebus.listener.DeadLetterMessageException;
import dev.servicebus.listener.DeferMessageException;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.OutcomeException;
import dev.servicebus.listener.RetryMessageException;
import dev.servicebus.listener.support.FakeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners that say by an exception what becomes of their message.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class OutcomeExceptionTests {

	private final ContainerFixture fixture = new ContainerFixture();

	static Stream<Arguments> outcomes() {
		return Stream.of(Arguments.of(new AbandonMessageException("not mine"), new Disposition.Abandon(Map.of())),
				Arguments.of(new CompleteMessageException("seen before"), new Disposition.Complete()),
				Arguments.of(new DeferMessageException("too early"), new Disposition.Defer(Map.of())),
				Arguments.of(new DeadLetterMessageException("NoStock", "none left"),
						new Disposition.DeadLetter("NoStock", "none left", Map.of())));
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void exceptionDecides(OutcomeException thrown, Disposition expected) {
		FakeSource source = this.fixture.start((message, context) -> {
			throw thrown;
		});
		this.fixture.handle("order");
		assertThat(source.dispositions()).map(ContainerFixture::withoutProperties).containsExactly(expected);
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void exceptionDecidesThroughItsWrappers(OutcomeException thrown, Disposition expected) {
		FakeSource source = this.fixture.start((message, context) -> {
			throw new IllegalStateException(new CompletionException(thrown));
		});
		this.fixture.handle("order");
		assertThat(source.dispositions()).map(ContainerFixture::withoutProperties).containsExactly(expected);
	}

	@Test
	void retryHasTheDelayOfTheExceptionAndCounts() {
		FakeSource source = this.fixture.start((message, context) -> {
			throw new RetryMessageException(Duration.ofSeconds(20));
		});
		this.fixture.handle("order");
		this.fixture.advance(Duration.ofSeconds(20));
		this.fixture.advance(Duration.ofSeconds(19));
		assertThat(source.dispositions()).isEmpty();
		this.fixture.advance(Duration.ofSeconds(1));
		assertThat(source.dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	@Test
	void errorHandlerFindsTheOutcomeInTheProposal() {
		FakeSource source = this.fixture.errorHandler((failure) -> {
			assertThat(failure.proposal()).isEqualTo(Outcome.defer());
			return Outcome.complete();
		}).start((message, context) -> {
			throw new DeferMessageException("too early");
		});
		this.fixture.handle("order");
		assertThat(source.dispositions()).isEqualTo(List.of(new Disposition.Complete()));
	}

	@Test
	void causeAndMessageAreKept() {
		IllegalStateException cause = new IllegalStateException("why");
		assertThat(new AbandonMessageException("a", cause)).hasMessage("a").hasCause(cause);
		assertThat(new DeadLetterMessageException("r", "d", cause)).hasMessage("r: d").hasCause(cause);
		assertThat(new RetryMessageException(Duration.ofSeconds(1), "m", cause)).hasMessage("m").hasCause(cause);
		assertThat(new RetryMessageException(Duration.ofSeconds(1))).hasMessageContaining("PT1S");
	}

}
