package dev.servicebus.emulator.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(10)
class BrokerTimersTests {

	private static final long START = 1_000_000;

	private final Instant[] real = { Instant.ofEpochMilli(START) };

	private final List<Duration> sleeps = new ArrayList<>();

	private final List<Runnable> wakeUps = new ArrayList<>();

	private final List<String> ran = new ArrayList<>();

	private final BrokerTimers timers = new BrokerTimers(new BrokerClock(source()), this::sleep);

	@Test
	void timersRunInTheOrderOfTheirDeadlines() {
		schedule("b", 20);
		schedule("a", 10);
		schedule("c", 30);
		this.timers.advance(Duration.ofMillis(29));
		assertThat(this.ran).containsExactly("a@10", "b@20");
		this.timers.advance(Duration.ofMillis(1));
		assertThat(this.ran).containsExactly("a@10", "b@20", "c@30");
	}

	@Test
	void timersOfOneInstantRunInTheOrderOfScheduling() {
		schedule("first", 10);
		schedule("second", 10);
		schedule("third", 10);
		this.timers.advance(Duration.ofMillis(10));
		assertThat(this.ran).containsExactly("first@10", "second@10", "third@10");
	}

	@Test
	void timersScheduledByTimersRunInTheSameAdvance() {
		this.timers.schedule(START + 10, () -> schedule("inner", 15));
		schedule("later", 20);
		this.timers.advance(Duration.ofMillis(20));
		assertThat(this.ran).containsExactly("inner@15", "later@20");
	}

	@Test
	void cancelledTimerLeavesNothingBehind() {
		BrokerTimer timer = schedule("a", 10);
		timer.cancel();
		timer.cancel();
		assertThat(this.timers.size()).isZero();
		this.timers.advance(Duration.ofMillis(10));
		assertThat(this.ran).isEmpty();
	}

	@Test
	void timerCanCancelAnotherOfTheSameInstant() {
		List<BrokerTimer> victims = new ArrayList<>();
		this.timers.schedule(START + 10, () -> victims.get(0).cancel());
		victims.add(schedule("victim", 10));
		this.timers.advance(Duration.ofMillis(10));
		assertThat(this.ran).isEmpty();
	}

	@Test
	void clockGoesOnFromWhereItWasMoved() {
		this.timers.advance(Duration.ofHours(1));
		this.real[0] = this.real[0].plusMillis(5);
		assertThat(this.timers.now()).isEqualTo(START + 3_600_000 + 5);
	}

	@Test
	void clockDoesNotRunBackForOverdueTimers() {
		schedule("overdue", -50);
		this.timers.advance(Duration.ofMillis(10));
		assertThat(this.ran).containsExactly("overdue@0");
	}

	@Test
	void wakesUpForTheEarliestTimerOnly() {
		schedule("late", 500);
		schedule("later", 700);
		schedule("early", 100);
		assertThat(this.sleeps).containsExactly(Duration.ofMillis(500), Duration.ofMillis(100));
	}

	@Test
	void sleepsAtMostAnHourAtATime() {
		this.timers.schedule(Long.MAX_VALUE, () -> {
		});
		assertThat(this.sleeps).containsExactly(Duration.ofHours(1));
	}

	@Test
	void wakeUpThatComesTooEarlySleepsAgain() {
		schedule("a", 10);
		this.real[0] = this.real[0].plusMillis(9);
		this.wakeUps.get(0).run();
		assertThat(this.ran).isEmpty();
		assertThat(this.sleeps).containsExactly(Duration.ofMillis(10), Duration.ofMillis(1));
		this.real[0] = this.real[0].plusMillis(1);
		this.wakeUps.get(1).run();
		assertThat(this.ran).containsExactly("a@10");
	}

	@Test
	void advanceShortensTheSleep() {
		schedule("a", 1000);
		this.timers.advance(Duration.ofMillis(900));
		assertThat(this.sleeps).containsExactly(Duration.ofMillis(1000), Duration.ofMillis(100));
	}

	@Test
	void failingTimerDoesNotStopTheOthers() {
		this.timers.schedule(START + 10, () -> {
			throw new IllegalStateException("broken");
		});
		schedule("next", 20);
		assertThatIllegalStateException().isThrownBy(() -> this.timers.advance(Duration.ofMillis(30)))
			.withMessage("broken");
		assertThat(this.timers.now()).isEqualTo(START + 30);
		this.wakeUps.get(this.wakeUps.size() - 1).run();
		assertThat(this.ran).containsExactly("next@30");
	}

	@Test
	void timeDoesNotMoveBackwardsNorFromWithinATimer() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.timers.advance(Duration.ofMillis(-1)));
		this.timers.schedule(START, () -> this.timers.advance(Duration.ofMillis(1)));
		assertThatIllegalStateException().isThrownBy(this.timers::runDue);
	}

	@Test
	void heapAgreesWithASortedList() {
		long seed = 20_260_101;
		Random random = new Random(seed);
		List<BrokerTimer> expected = new ArrayList<>();
		List<BrokerTimer> order = new ArrayList<>();
		for (int i = 0; i < 5_000; i++) {
			if (!expected.isEmpty() && random.nextInt(3) == 0) {
				expected.remove(random.nextInt(expected.size())).cancel();
			}
			else {
				BrokerTimer[] self = new BrokerTimer[1];
				self[0] = this.timers.schedule(START + random.nextInt(1_000), () -> order.add(self[0]));
				expected.add(self[0]);
			}
		}
		expected.sort(Comparator.comparingLong(BrokerTimer::deadline));
		this.timers.advance(Duration.ofSeconds(1));
		assertThat(order).as("seed %d", seed).containsExactlyElementsOf(expected);
		assertThat(this.timers.size()).isZero();
	}

	private BrokerTimer schedule(String name, long delay) {
		return this.timers.schedule(START + delay, () -> this.ran.add(name + "@" + (this.timers.now() - START)));
	}

	private WakeUp.Handle sleep(Duration delay, Runnable task) {
		this.sleeps.add(delay);
		this.wakeUps.add(task);
		return () -> {
		};
	}

	private InstantSource source() {
		return () -> this.real[0];
	}

}
