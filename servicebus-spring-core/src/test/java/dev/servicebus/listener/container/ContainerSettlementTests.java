package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageAlreadySettledException;
import dev.servicebus.client.MessageErrorException;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.listener.Settlement;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.support.FakeClient;
import dev.servicebus.listener.support.FakeSource;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Settling by hand, late, twice, after the loss of the lock and after futures.
 */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ContainerSettlementTests {

	private final ContainerFixture fixture = new ContainerFixture();

	private final AtomicReference<Settlement> settlement = new AtomicReference<>();

	@Test
	void manualListenerSettlesAfterItsReturn() {
		FakeSource source = manual().start((message, context) -> this.settlement.set(context.settlement()));
		this.fixture.handle("order");
		assertThat(source.settled()).isEmpty();
		assertThat(this.settlement.get().isSettled()).isFalse();
		assertThat(this.settlement.get().deadLetter("bad", "very bad")).isCompleted();
		assertThat(this.settlement.get().isSettled()).isTrue();
		assertThat(source.dispositions()).containsExactly(new Disposition.DeadLetter("bad", "very bad", Map.of()));
	}

	@Test
	void settlementByTheListenerStandsInAutomaticMode() {
		FakeSource source = this.fixture.start((message, context) -> context.settlement().defer());
		this.fixture.handle("order");
		assertThat(source.dispositions()).containsExactly(new Disposition.Defer(Map.of()));
	}

	@Test
	void failureAfterTheListenerHasSettledIsReportedAndChangesNothing() {
		FakeSource source = this.fixture.start((message, context) -> {
			context.settlement().abandon(Map.of("a", 1));
			throw new IllegalStateException("afterwards");
		});
		this.fixture.handle("order");
		this.fixture.advance(Duration.ofHours(1));
		assertThat(source.dispositions()).containsExactly(new Disposition.Abandon(Map.of("a", 1)));
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed afterwards");
	}

	@Test
	void secondSettlementIsRefused() {
		manual().start((message, context) -> this.settlement.set(context.settlement()));
		this.fixture.handle("order");
		this.settlement.get().complete();
		assertFailure(this.settlement.get().complete(), MessageAlreadySettledException.class);
		assertThat(this.fixture.client.source().settled()).hasSize(1);
	}

	@Test
	void messageThatSettlesItselfIsSettledLikeByTheSettlement() {
		FakeSource source = this.fixture.start((message, context) -> {
			message.abandon(Map.of("a", 1));
			assertThat(context.settlement().isSettled()).isTrue();
			assertFailure(message.withTimeout(Duration.ofSeconds(1)).completeAsync(),
					MessageAlreadySettledException.class);
			assertThatExceptionOfType(MessageAlreadySettledException.class).isThrownBy(message::defer);
			assertThatExceptionOfType(MessageErrorException.class).isThrownBy(message::renewLock)
				.withMessageContaining("maxLockRenewal");
		});
		this.fixture.handle("order");
		assertThat(source.dispositions()).containsExactly(new Disposition.Abandon(Map.of("a", 1)));
		assertThat(this.fixture.monitor.events()).isEmpty();
	}

	@Test
	void messageThatSettlesItselfAfterItsLockIsLostIsRefused() {
		FakeSource source = manual().start((message, context) -> {
			this.fixture.client.source().loseLock(message);
			assertThatExceptionOfType(MessageLockLostException.class).isThrownBy(message::complete);
		});
		this.fixture.handle("order");
		assertThat(source.settled()).isEmpty();
		assertThat(this.fixture.monitor.events()).containsExactly("lockLost", "resultDiscarded");
	}

	@Test
	void cancelledSettlementDoesNotDisturbTheContainer() {
		ServiceBusListenerContainer container = manual()
			.container((message, context) -> context.settlement().complete().cancel(true));
		container.start();
		this.fixture.client.source().holdConfirmations();
		this.fixture.handle("order");
		container.stop(() -> this.fixture.monitor.executorRejected("called", null));
		assertThat(this.fixture.monitor.events()).isEmpty();
		this.fixture.client.source().confirm();
		assertThat(this.fixture.monitor.events()).containsExactly("stopped 0", "executorRejected");
	}

	@Test
	void messageWhoseLockIsLostWhileItWaitsIsNotHandled() {
		AtomicInteger calls = new AtomicInteger();
		FakeSource source = this.fixture.start((message, context) -> calls.incrementAndGet());
		ServiceBusReceivedMessage message = FakeClient.message("order");
		source.publish(message);
		source.loseLock(message);
		this.fixture.executor.runAll();
		assertThat(calls).hasValue(0);
		assertThat(source.settled()).isEmpty();
		assertThat(this.fixture.monitor.events()).containsExactly("lockLost");
	}

	@Test
	void messageWhoseLockIsLostWhileItIsHandledIsNotSettledAndItsResultReported() {
		List<Boolean> lost = new ArrayList<>();
		FakeSource source = this.fixture.start((message, context) -> {
			this.fixture.client.source().loseLock(message);
			lost.add(context.isLockLost());
			assertFailure(context.settlement().complete(), MessageLockLostException.class);
		});
		this.fixture.handle("order");
		assertThat(lost).containsExactly(true);
		assertThat(source.settled()).isEmpty();
		assertThat(this.fixture.monitor.events()).containsExactly("lockLost", "resultDiscarded");
	}

	@Test
	void messageWhoseLockIsLostBetweenAttemptsIsNotHandledAgain() {
		AtomicInteger calls = new AtomicInteger();
		FakeSource source = this.fixture.start((message, context) -> {
			calls.incrementAndGet();
			throw new IllegalStateException("failed");
		});
		ServiceBusReceivedMessage message = FakeClient.message("order");
		source.publish(message);
		this.fixture.executor.runAll();
		source.loseLock(message);
		this.fixture.advance(Duration.ofHours(1));
		assertThat(calls).hasValue(1);
		assertThat(source.settled()).isEmpty();
	}

	@Test
	void messageIsSettledWhenTheFutureOfTheListenerEndsAndTheThreadIsFreeUntilThen() {
		CompletableFuture<String> result = new CompletableFuture<>();
		FakeSource source = this.fixture.options((options) -> options.prefetch(1)).start((message, context) -> {
			if (message.bodyAsString().equals("slow")) {
				context.settleAfter(result);
			}
		});
		this.fixture.handle("slow");
		this.fixture.handle("next");
		assertThat(this.fixture.executor.waiting()).isZero();
		assertThat(source.settled()).isEmpty();
		result.complete("done");
		this.fixture.executor.runAll();
		assertThat(source.dispositions()).containsExactly(new Disposition.Complete(), new Disposition.Complete());
	}

	@Test
	void failedFutureIsAFailureOfTheListener() {
		FakeSource source = this.fixture.start((message, context) -> {
			if (context.attempt() == 1) {
				context.settleAfter(CompletableFuture.failedFuture(new IllegalStateException("later")));
			}
		});
		this.fixture.handle("order");
		assertThat(this.fixture.monitor.events()).containsExactly("handlingFailed later");
		this.fixture.advance(Duration.ofSeconds(1));
		assertThat(source.dispositions()).containsExactly(new Disposition.Complete());
	}

	@Test
	void stopWaitsForTheFutureOfTheListener() {
		CompletableFuture<String> result = new CompletableFuture<>();
		ServiceBusListenerContainer container = this.fixture
			.container((message, context) -> context.settleAfter(result));
		container.start();
		this.fixture.handle("order");
		container.stop(() -> {
		});
		assertThat(container.isRunning()).isTrue();
		result.complete("done");
		assertThat(container.isRunning()).isFalse();
		assertThat(this.fixture.client.source().dispositions()).containsExactly(new Disposition.Complete());
	}

	private ContainerFixture manual() {
		return this.fixture.options((options) -> options.settlement(SettlementMode.MANUAL));
	}

	private static void assertFailure(CompletableFuture<Void> future, Class<? extends Throwable> type) {
		assertThat(future).isCompletedExceptionally();
		assertThat(future.handle((result, failure) -> {
			return (failure instanceof CompletionException) ? failure.getCause() : failure;
		}).join()).isInstanceOf(type);
	}

}
