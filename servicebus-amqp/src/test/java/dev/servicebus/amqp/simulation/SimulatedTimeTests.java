package dev.servicebus.amqp.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import dev.servicebus.amqp.transport.EventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(20)
class SimulatedTimeTests {

	private final SimulatedTime time = SimulatedTime.roundRobin();

	private final EventLoop loop = this.time.newLoop("first");

	private final List<String> log = new ArrayList<>();

	@Test
	void nothingRunsUntilTheTestSaysSo() {
		this.loop.execute(() -> this.log.add("task"));
		assertThat(this.log).isEmpty();
		this.time.runUntilIdle();
		assertThat(this.log).containsExactly("task");
	}

	@Test
	void timersRunInOrderOfTheirDeadlinesAtTheirOwnInstant() {
		note(30, "c");
		note(10, "a");
		note(10, "b");
		this.time.advance(Duration.ofMillis(20));
		assertThat(this.log).containsExactly("a@10", "b@10");
		assertThat(this.time.elapsed()).isEqualTo(Duration.ofMillis(20));
		this.time.advance(Duration.ofMillis(10));
		assertThat(this.log).containsExactly("a@10", "b@10", "c@30");
	}

	@Test
	void timerScheduledByATimerRunsWithinTheSameAdvance() {
		this.loop.schedule(Duration.ofMillis(10), () -> note(10, "second"));
		this.time.advance(Duration.ofMillis(20));
		assertThat(this.log).containsExactly("second@20");
	}

	@Test
	void runUntilIdleDoesNotMoveTime() {
		note(1, "late");
		this.time.runUntilIdle();
		assertThat(this.log).isEmpty();
		assertThat(this.time.nanoTime()).isZero();
	}

	@Test
	void zeroDelayRunsNowButNotInsideTheCall() {
		this.time.runOn(this.loop, () -> {
			this.loop.schedule(Duration.ZERO, () -> this.log.add("scheduled"));
			this.log.add("caller");
		});
		assertThat(this.log).containsExactly("caller", "scheduled");
	}

	@Test
	void cancelledTimerDoesNotRunEvenIfItIsAlreadyDue() {
		List<EventLoop.Timer> timers = new ArrayList<>();
		this.loop.schedule(Duration.ofMillis(1), () -> timers.forEach(EventLoop.Timer::cancel));
		timers.add(this.loop.schedule(Duration.ofMillis(1), () -> this.log.add("must not run")));
		timers.add(this.loop.schedule(Duration.ofMillis(2), () -> this.log.add("must not run")));
		this.time.advance(Duration.ofMillis(5));
		assertThat(this.log).isEmpty();
	}

	@Test
	void endlessDelayIsAllowed() {
		this.loop.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> this.log.add("must not run"));
		this.time.advance(Duration.ofDays(365));
		assertThat(this.log).isEmpty();
	}

	@Test
	void runUntilStopsAsSoonAsTheConditionHolds() {
		AtomicInteger count = new AtomicInteger();
		for (int i = 0; i < 10; i++) {
			this.loop.schedule(Duration.ofSeconds(i), count::incrementAndGet);
		}
		assertThat(this.time.runUntil(() -> count.get() == 3, Duration.ofMinutes(1))).isTrue();
		assertThat(this.time.elapsed()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void runUntilGivesUpAtItsLimit() {
		assertThat(this.time.runUntil(() -> false, Duration.ofMinutes(1))).isFalse();
		assertThat(this.time.elapsed()).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void awaitReturnsTheResultOrThrowsItsFailure() {
		CompletableFuture<String> success = new CompletableFuture<>();
		CompletableFuture<String> failure = new CompletableFuture<>();
		this.loop.schedule(Duration.ofSeconds(1), () -> success.complete("done"));
		this.loop.schedule(Duration.ofSeconds(1),
				() -> failure.completeExceptionally(new UnsupportedOperationException("no")));
		assertThat(this.time.await(success, Duration.ofSeconds(2))).isEqualTo("done");
		assertThatThrownBy(() -> this.time.await(failure, Duration.ZERO))
			.isInstanceOf(UnsupportedOperationException.class);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.time.await(new CompletableFuture<>(), Duration.ofSeconds(1)))
			.withMessageContaining("PT1S");
	}

	@Test
	void bothClocksMoveTogetherUnlessTheWallClockIsShifted() {
		this.time.advance(Duration.ofSeconds(5));
		assertThat(this.loop.clock().instant()).isEqualTo(SimulatedTime.START.plusSeconds(5));
		assertThat(this.loop.nanoTime()).isEqualTo(5_000_000_000L);
		note(1000, "timer");
		this.time.shiftWallClock(Duration.ofHours(-10));
		Instant shifted = SimulatedTime.START.plusSeconds(5).minus(Duration.ofHours(10));
		assertThat(this.loop.clock().instant()).isEqualTo(shifted);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.log).containsExactly("timer@6000");
	}

	@Test
	void loopsTakeTurnsByTask() {
		EventLoop second = this.time.newLoop("second");
		for (int i = 1; i <= 3; i++) {
			String number = String.valueOf(i);
			this.loop.execute(() -> this.log.add("a" + number));
			second.execute(() -> this.log.add("b" + number));
		}
		this.time.runUntilIdle();
		assertThat(this.log).containsExactly("a1", "b1", "a2", "b2", "a3", "b3");
	}

	@Test
	void everyLoopKeepsItsOrderWhateverTheSeed() {
		long seed = new Random().nextLong();
		SimulatedTime seeded = SimulatedTime.seeded(seed);
		List<String> first = interleave(seeded);
		assertThat(first).as("seed %d", seed).filteredOn((entry) -> entry.startsWith("a")).isSorted();
		assertThat(first).as("seed %d", seed).filteredOn((entry) -> entry.startsWith("b")).isSorted();
		assertThat(interleave(SimulatedTime.seeded(seed))).as("seed %d", seed).isEqualTo(first);
	}

	@Test
	void someSeedChangesTheOrder() {
		assertThat(interleave(SimulatedTime.seeded(1))).isNotEqualTo(interleave(SimulatedTime.seeded(2)));
	}

	@Test
	void inEventLoopHoldsOnlyInsideTasksOfThatLoop() {
		EventLoop second = this.time.newLoop("second");
		this.time.runOn(this.loop, () -> {
			assertThat(this.loop.inEventLoop()).isTrue();
			assertThat(second.inEventLoop()).isFalse();
			this.log.add("checked");
		});
		assertThat(this.loop.inEventLoop()).isFalse();
		assertThat(this.log).containsExactly("checked");
	}

	@Test
	void taskThatMovesTimeIsRefused() {
		this.loop.execute(this.time::runUntilIdle);
		assertThatIllegalStateException().isThrownBy(this.time::runUntilIdle).withMessageContaining("already");
	}

	@Test
	void failureOfATaskReachesTheTestAndTheRestCanGoOn() {
		this.loop.execute(() -> {
			throw new UnsupportedOperationException("broken");
		});
		this.loop.execute(() -> this.log.add("next"));
		assertThatThrownBy(this.time::runUntilIdle).hasMessage("broken");
		this.time.runUntilIdle();
		assertThat(this.log).containsExactly("next");
	}

	@Test
	void timeDoesNotRunBackwards() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.time.advance(Duration.ofSeconds(-1)));
	}

	private void note(long millis, String name) {
		this.loop.schedule(Duration.ofMillis(millis), () -> this.log.add(name + "@" + this.time.elapsed().toMillis()));
	}

	private static List<String> interleave(SimulatedTime time) {
		List<String> order = new ArrayList<>();
		EventLoop a = time.newLoop("a");
		EventLoop b = time.newLoop("b");
		for (int i = 10; i < 40; i++) {
			String number = String.valueOf(i);
			a.execute(() -> order.add("a" + number));
			b.execute(() -> order.add("b" + number));
		}
		time.runUntilIdle();
		return order;
	}

}
