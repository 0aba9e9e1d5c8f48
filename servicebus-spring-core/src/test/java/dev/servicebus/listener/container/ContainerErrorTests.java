package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.messaging.converter.MessageConversionException;

import dev.servicebus.client.Disposition;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners that throw what nobody expects (F45 and F46 of the failure classes): it costs
 * their own message, and never a worker.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ContainerErrorTests {

	private final ContainerFixture fixture = new ContainerFixture();

	static Stream<Throwable> errors() {
		return Stream.of(new StackOverflowError(), new NoClassDefFoundError("com/example/Gone"),
				new AssertionError("impossible"), new OutOfMemoryError("Java heap space"),
				new InternalError("virtual machine"), new ExceptionInInitializerError(new IllegalStateException()),
				new Throwable("neither error nor exception"), new InterruptedException("by hand"));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorCostsItsOwnMessageAndNoWorker(Throwable error) {
		AtomicInteger handled = new AtomicInteger();
		FakeSource source = this.fixture.options((options) -> options.concurrency(3)).start((message, context) -> {
			handled.incrementAndGet();
			if (message.bodyAsString().equals("bad")) {
				ContainerErrorTests.<RuntimeException>sneak(error);
			}
		});
		for (int i = 0; i < 30; i++) {
			this.fixture.handle("bad");
			this.fixture.advance(Duration.ofSeconds(1));
			this.fixture.advance(Duration.ofSeconds(2));
		}
		assertThat(source.settled()).hasSize(30);
		for (int i = 0; i < 3; i++) {
			source.publish(FakeClient.message("good"));
		}
		assertThat(this.fixture.executor.waiting()).as("workers that are wanted at once").isGreaterThanOrEqualTo(1);
		this.fixture.executor.runAll();
		assertThat(source.dispositions().subList(30, 33)).containsOnly(new Disposition.Complete());
		assertThat(source.demand()).isEqualTo(3);
		assertThat(this.fixture.monitor.events()).hasSizeGreaterThanOrEqualTo(30)
			.allMatch((event) -> event.startsWith("handlingFailed"));
	}

	@Test
	void fatalErrorStopsTheContainerWhereThatIsWanted() {
		ServiceBusListenerContainer container = this.fixture
			.options((options) -> options.failures((failures) -> failures.withStopOnFatalError(true)))
			.container((message, context) -> {
				throw new IllegalStateException(new OutOfMemoryError("Java heap space"));
			});
		container.start();
		this.fixture.handle("order");
		assertThat(container.isRunning()).isFalse();
		assertThat(this.fixture.client.source().dispositions()).singleElement().isInstanceOf(Disposition.Abandon.class);
		assertThat(container.state().fatalError()).hasRootCauseInstanceOf(OutOfMemoryError.class);
		container.start();
		assertThat(container.state().fatalError()).isNull();
		assertThat(container.state().isHealthy()).isTrue();
	}

	@Test
	void errorHandlerThatStopsTheContainerIsItsReason() {
		IllegalStateException error = new IllegalStateException("no licence");
		ServiceBusListenerContainer container = this.fixture.errorHandler((failure) -> Outcome.stopContainer())
			.container((message, context) -> {
				throw error;
			});
		container.start();
		this.fixture.handle("order");
		assertThat(container.isRunning()).isFalse();
		assertThat(container.state().fatalError()).isSameAs(error);
		assertThat(this.fixture.client.source().dispositions()).singleElement().isInstanceOf(Disposition.Abandon.class);
	}

	@Test
	void containerThatGoesOnAfterAFatalErrorIsNotHealthy() {
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
			if (message.bodyAsString().equals("big")) {
				allocate();
			}
		});
		container.start();
		this.fixture.client.source().listener().onReady();
		assertThat(container.state().isHealthy()).isTrue();
		this.fixture.handle("big");
		this.fixture.handle("small");
		assertThat(this.fixture.client.source().dispositions()).containsExactly(new Disposition.Complete());
		assertThat(container.state().receiving()).isTrue();
		assertThat(container.state().isHealthy()).isFalse();
		assertThat(container.state().fatalError()).isInstanceOf(OutOfMemoryError.class);
	}

	/** More than there is, whatever the machine. */
	private static long allocate() {
		List<long[]> arrays = new ArrayList<>();
		while (arrays.size() < 1_000) {
			arrays.add(new long[Integer.MAX_VALUE - 8]);
		}
		return arrays.size();
	}

	@Test
	void deepRecursionIsNotFatal() {
		ServiceBusListenerContainer container = this.fixture
			.options((options) -> options.failures((failures) -> failures.withStopOnFatalError(true)))
			.container((message, context) -> {
				throw new StackOverflowError();
			});
		container.start();
		this.fixture.handle("order");
		assertThat(container.isRunning()).isTrue();
	}

	@Test
	void endOfAListenerThatCannotBeDealtWithGivesTheMessageBack() {
		FakeSource source = this.fixture.start((message, context) -> {
			throw new UnreadableException();
		});
		this.fixture.handle("order");
		this.fixture.handle("order");
		assertThat(source.dispositions()).hasSize(2)
			.allMatch((disposition) -> disposition instanceof Disposition.Abandon);
		assertThat(source.demand()).isOne();
	}

	@Test
	void resultThatCannotBeWaitedForIsAFailureOfItsMessage() {
		FakeSource source = this.fixture
			.options((options) -> options.retry((retry) -> retry.mutate().maxAttempts(1).build()))
			.start((message, context) -> context.settleAfter(new UnwaitableFuture()));
		this.fixture.handle("order");
		this.fixture.handle("order");
		assertThat(source.dispositions()).hasSize(2)
			.allSatisfy((disposition) -> assertThat(((Disposition.DeadLetter) disposition).reason())
				.isEqualTo("java.lang.UnsupportedOperationException"));
	}

	private static final class UnreadableException extends RuntimeException {

		@Override
		public synchronized Throwable getCause() {
			throw new IllegalStateException("the cause is a secret");
		}

	}

	private static final class UnwaitableFuture extends CompletableFuture<Void> {

		@Override
		public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
			throw new UnsupportedOperationException("wait for me in vain");
		}

	}

	@Test
	void realStackOverflowIsAFailureOfItsMessage() {
		FakeSource source = this.fixture
			.options((options) -> options.retry((retry) -> retry.mutate().maxAttempts(1).build()))
			.start((message, context) -> recurse(0));
		this.fixture.handle("order");
		assertThat(source.dispositions()).singleElement()
			.satisfies((disposition) -> assertThat(((Disposition.DeadLetter) disposition).reason())
				.isEqualTo("java.lang.StackOverflowError"));
	}

	@Test
	void everyTenthMessageThatCannotBeConvertedDoesNotHoldUpTheOthers() {
		List<String> handled = new ArrayList<>();
		FakeSource source = this.fixture.start((message, context) -> {
			if (message.bodyAsString().endsWith("0")) {
				throw new MessageConversionException("rejected");
			}
			handled.add(message.bodyAsString());
		});
		for (int i = 0; i < 100; i++) {
			source.publish(FakeClient.message("m" + i));
		}
		this.fixture.executor.runAll();
		assertThat(handled).hasSize(90);
		assertThat(source.dispositions()).hasSize(100)
			.filteredOn((disposition) -> disposition instanceof Disposition.DeadLetter)
			.hasSize(10);
		assertThat(source.backlog()).isZero();
		assertThat(source.demand()).isOne();
	}

	@Test
	void failuresOfCallbacksLeaveATrace() {
		List<String> seen = new ArrayList<>();
		Consumer<String> failing = (name) -> {
			seen.add(name);
			throw new IllegalStateException(name);
		};
		FakeSource source = this.fixture.errorHandler((failure) -> {
			failing.accept("error handler");
			return failure.proposal();
		})
			.options((options) -> options.retry((retry) -> retry.mutate().maxAttempts(1).build()))
			.start((message, context) -> failing.accept("listener"));
		this.fixture.handle("order");
		assertThat(seen).containsExactly("listener", "error handler");
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed listener");
		assertThat(source.dispositions()).singleElement().isInstanceOf(Disposition.DeadLetter.class);
	}

	private static int recurse(int depth) {
		return recurse(depth + 1) + 1;
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void sneak(Throwable error) throws T {
		throw (T) error;
	}

}
