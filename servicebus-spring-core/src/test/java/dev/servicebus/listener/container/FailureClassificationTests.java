package dev.servicebus.listener.container;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.messaging.converter.MessageConversionException;

import dev.servicebus.client.Disposition;
import dev.servicebus.listener.FailureOptions;
import dev.servicebus.listener.FailureProperties;
import dev.servicebus.listener.support.FakeSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which failures are tried again, and what a dead letter tells about its failure.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class FailureClassificationTests {

	private final ContainerFixture fixture = new ContainerFixture();

	@Test
	void failureThatIsNotRetryableIsDeadLetteredAtOnce() {
		assertThat(isRetried((options) -> options.withNotRetryable(List.of(IllegalArgumentException.class)),
				new NumberFormatException("x")))
			.isFalse();
	}

	@Test
	void causesCount() {
		UnaryOperator<FailureOptions> options = (base) -> base.withNotRetryable(List.of(FileNotFoundException.class));
		Exception error = new IllegalStateException(new UncheckedIOException(new FileNotFoundException("f")));
		assertThat(isRetried(options, error)).isFalse();
	}

	@Test
	void otherFailuresAreRetried() {
		assertThat(isRetried((options) -> options.withNotRetryable(List.of(IllegalArgumentException.class)),
				new IllegalStateException("x")))
			.isTrue();
	}

	@Test
	void onlyWhatIsListedIsRetriedWhereThereIsAList() {
		UnaryOperator<FailureOptions> options = (base) -> base.withRetryable(List.of(IOException.class));
		assertThat(isRetried(options, new IllegalStateException("x"))).isFalse();
		assertThat(isRetried(options, new UncheckedIOException(new IOException("x")))).isTrue();
	}

	@Test
	void theMoreSpecialTypeCounts() {
		UnaryOperator<FailureOptions> options = (base) -> base.withRetryable(List.of(IOException.class))
			.withNotRetryable(List.of(FileNotFoundException.class));
		assertThat(isRetried(options, new FileNotFoundException("x"))).isFalse();
		assertThat(isRetried(options, new IOException("x"))).isTrue();
	}

	@Test
	void conversionFailureIsRetriedWhereThatIsWanted() {
		assertThat(isRetried((options) -> options.withRetryable(List.of(MessageConversionException.class)),
				new MessageConversionException("x")))
			.isTrue();
	}

	@Test
	void causesThatLeadBackIntoThemselvesAreNoTrap() {
		IllegalStateException first = new IllegalStateException("first");
		first.initCause(new IllegalStateException("second", first));
		assertThat(isRetried((options) -> options.withNotRetryable(List.of(IOException.class)), first)).isTrue();
	}

	@Test
	void typeCannotBeBoth() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> FailureOptions.DEFAULTS.withRetryable(List.of(IOException.class))
				.withNotRetryable(List.of(IOException.class)))
			.withMessageContaining("java.io.IOException");
	}

	@Test
	void deadLetterTellsAboutItsFailure() {
		this.fixture.options((options) -> options.retry((retry) -> retry.mutate().maxAttempts(1).build()));
		FakeSource source = this.fixture.start((message, context) -> {
			throw new IllegalStateException("no stock", new IOException("disk is full"));
		});
		this.fixture.handle("order");
		Map<String, Object> properties = ((Disposition.DeadLetter) source.dispositions().get(0)).propertiesToModify();
		assertThat(properties).containsEntry(FailureProperties.FAILURE_ATTEMPTS, 1)
			.containsEntry(FailureProperties.FAILURE_LISTENER, "orders")
			.containsEntry(FailureProperties.FAILURE_SOURCE, "orders")
			.containsEntry(FailureProperties.FAILURE_EXCEPTION, "java.lang.IllegalStateException")
			.containsEntry(FailureProperties.FAILURE_CAUSE, "java.io.IOException: disk is full")
			.doesNotContainKey(FailureProperties.RETRY_ATTEMPTS);
		assertThat(properties.get(FailureProperties.FAILURE_STACK_TRACE).toString())
			.startsWith("java.lang.IllegalStateException: no stock\n\tat ")
			.contains("FailureClassificationTests");
	}

	@Test
	void reportOfAnEndlessMessageIsShort() {
		String endless = "\uD83D\uDE00".repeat(500_000);
		this.fixture.options((options) -> options.retry((retry) -> retry.mutate().maxAttempts(1).build()));
		FakeSource source = this.fixture.start((message, context) -> {
			throw new IllegalStateException(endless, new IOException(endless));
		});
		this.fixture.handle("order");
		Disposition.DeadLetter deadLetter = (Disposition.DeadLetter) source.dispositions().get(0);
		assertThat(deadLetter.description()).hasSizeBetween(4090, 4096);
		int size = deadLetter.propertiesToModify()
			.values()
			.stream()
			.mapToInt((value) -> value.toString().length())
			.sum();
		assertThat(size).isLessThan(6000);
	}

	@Test
	void exceptionThatCannotTellItsMessageIsDeadLetteredAllTheSame() {
		this.fixture.options((options) -> options.retry((retry) -> retry.mutate().maxAttempts(1).build()));
		FakeSource source = this.fixture.start((message, context) -> {
			throw new Mute();
		});
		this.fixture.handle("order");
		assertThat(source.dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	@Test
	void failedFutureIsClassifiedByWhatItFailedWith() {
		this.fixture.options(
				(options) -> options.failures((failures) -> failures.withNotRetryable(List.of(IOException.class))));
		FakeSource source = this.fixture
			.start((message, context) -> context.settleAfter(CompletableFuture.failedFuture(new IOException("x"))));
		this.fixture.handle("order");
		assertThat(source.dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	private boolean isRetried(UnaryOperator<FailureOptions> options, Exception error) {
		ContainerFixture container = new ContainerFixture().options((base) -> base.failures(options));
		FakeSource source = container.start((message, context) -> {
			throw error;
		});
		container.handle("order");
		return source.dispositions().isEmpty();
	}

	private static final class Mute extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@Override
		public String getMessage() {
			throw new IllegalStateException("mute");
		}

	}

}
