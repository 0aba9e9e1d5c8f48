package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.support.FakeClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners that hang are reported, and show in the state of their container.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class StuckWatchTests {

	private static final Duration STUCK_AFTER = Duration.ofMinutes(4);

	private final ContainerFixture fixture = new ContainerFixture()
		.options((options) -> options.concurrency(2).stuckAfter(STUCK_AFTER));

	private final List<CompletableFuture<Void>> results = new ArrayList<>();

	@Test
	void listenerThatHangsIsReportedOnceWithItsStack() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
			begun.countDown();
			end.await(20, TimeUnit.SECONDS);
		});
		container.start();
		this.fixture.client.source().publish(FakeClient.message("hangs"));
		Thread handler = new Thread(this.fixture.executor::runAll);
		handler.start();
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		this.fixture.time.advance(STUCK_AFTER);
		assertThat(this.fixture.monitor.events()).isEmpty();
		this.fixture.time.advance(STUCK_AFTER.dividedBy(4));
		assertThat(this.fixture.monitor.events()).containsExactly("stuck hangs");
		assertThat(this.fixture.monitor.stacks()).singleElement()
			.satisfies((stack) -> assertThat(stack).anyMatch((frame) -> frame.getMethodName().equals("await")));
		assertThat(container.state().stuck()).isOne();
		assertThat(container.state().isHealthy()).as("with one of two handlers").isTrue();
		this.fixture.time.advance(STUCK_AFTER.multipliedBy(10));
		assertThat(this.fixture.monitor.events()).hasSize(1);
		end.countDown();
		handler.join(20_000);
		this.fixture.time.advance(STUCK_AFTER);
		assertThat(container.state().stuck()).isZero();
		assertThat(this.fixture.time.pending()).as("an idle container watches nothing").isZero();
	}

	@Test
	void containerWithoutAHandlerThatMovesIsNotHealthy() {
		ServiceBusListenerContainer container = start();
		this.fixture.handle("1");
		this.fixture.advance(STUCK_AFTER.multipliedBy(2));
		assertThat(container.state().isHealthy()).isTrue();
		this.fixture.handle("2");
		this.fixture.advance(STUCK_AFTER.multipliedBy(2));
		assertThat(container.state().stuck()).isEqualTo(2);
		assertThat(container.state().isHealthy()).isFalse();
		this.results.get(0).complete(null);
		this.fixture.advance(STUCK_AFTER);
		assertThat(container.state().isHealthy()).isTrue();
	}

	@Test
	void eachAttemptHasItsOwnTime() {
		start();
		this.fixture.handle("slow");
		for (int attempt = 0; attempt < 3; attempt++) {
			this.fixture.advance(STUCK_AFTER.minusSeconds(1));
			this.results.get(attempt).completeExceptionally(new IllegalStateException("later"));
			this.fixture.advance(Duration.ofSeconds(2));
		}
		assertThat(this.fixture.monitor.events()).hasSize(3).allMatch((event) -> event.startsWith("handlingFailed"));
	}

	@Test
	void messageThatNobodySettlesIsReportedWithoutAStack() {
		this.fixture
			.options((options) -> options.settlement(SettlementMode.MANUAL).prefetch(1).stuckAfter(STUCK_AFTER));
		this.fixture.start((message, context) -> {
		});
		this.fixture.handle("forgotten");
		this.fixture.advance(STUCK_AFTER.multipliedBy(2));
		assertThat(this.fixture.monitor.events()).containsExactly("stuck forgotten");
		assertThat(this.fixture.monitor.stacks()).containsExactly(List.of());
	}

	@Test
	void batchIsReportedOnce() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		this.fixture.options((options) -> options.stuckAfter(STUCK_AFTER)
			.batch((batch) -> batch.withSize(3).withMaxWait(Duration.ofSeconds(1))));
		BatchMessageListener listener = (messages, context) -> {
			begun.countDown();
			end.await(20, TimeUnit.SECONDS);
		};
		this.fixture.start(listener);
		List.of("1", "2", "3").forEach((body) -> this.fixture.client.source().publish(FakeClient.message(body)));
		Thread handler = new Thread(this.fixture.executor::runAll);
		handler.start();
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		this.fixture.time.advance(STUCK_AFTER.multipliedBy(2));
		assertThat(this.fixture.monitor.events()).hasSize(1);
		end.countDown();
		handler.join(20_000);
	}

	@Test
	void nothingIsWatchedAfterTheEnd() {
		ServiceBusListenerContainer container = start();
		this.fixture.handle("1");
		container.stop(() -> {
		});
		this.results.forEach((result) -> result.complete(null));
		assertThat(this.fixture.time.pending()).isZero();
	}

	private ServiceBusListenerContainer start() {
		ServiceBusListenerContainer container = this.fixture.container((message, context) -> {
			CompletableFuture<Void> result = new CompletableFuture<>();
			this.results.add(result);
			context.settleAfter(result);
		});
		container.start();
		return container;
	}

}
