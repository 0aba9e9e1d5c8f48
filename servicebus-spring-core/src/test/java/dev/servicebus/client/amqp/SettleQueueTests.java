package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import dev.servicebus.amqp.simulation.SimulatedTime;
import dev.servicebus.amqp.transport.EventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(20)
class SettleQueueTests {

	private static final Duration LONG = Duration.ofSeconds(1);

	private final SimulatedTime time = SimulatedTime.roundRobin();

	private final EventLoop loop = this.time.newLoop("loop");

	private final List<Integer> settled = new ArrayList<>();

	private int wakeUps;

	private int inHand = SettleQueue.ENOUGH_IN_HAND;

	private boolean ended;

	private final SettleQueue queue = new SettleQueue(this.loop, this::wake, () -> this.inHand);

	@Test
	void singleSettlementsAreNotHeldUp() {
		for (int number = 0; number < 5; number++) {
			settle(number);
			this.time.runUntilIdle();
			assertThat(this.settled).hasSize(number + 1);
			this.time.advance(LONG);
		}
		assertThat(this.wakeUps).isEqualTo(5);
	}

	@Test
	void settlementsThatComeTogetherWakeTheLoopOnce() {
		for (int number = 0; number < SettleQueue.MOST_WAITING - 1; number++) {
			settle(number);
		}
		this.time.runUntilIdle();
		assertThat(this.settled).hasSize(SettleQueue.MOST_WAITING - 1).isSorted();
		assertThat(this.wakeUps).isEqualTo(1);
	}

	@Test
	void loopLooksByItselfWhileSettlementsComeInQuickSuccession() {
		for (int number = 0; number < 100; number++) {
			settle(number);
			this.time.advance(SettleQueue.LOOK_AGAIN.dividedBy(2));
		}
		this.time.advance(LONG);
		assertThat(this.settled).hasSize(100).isSorted();
		assertThat(this.wakeUps).isEqualTo(2);
	}

	@Test
	void nothingWaitsWhenFewMessagesAreInHand() {
		this.inHand = SettleQueue.ENOUGH_IN_HAND - 1;
		for (int number = 0; number < 100; number++) {
			settle(number);
			this.time.runUntilIdle();
			assertThat(this.settled).hasSize(number + 1);
		}
	}

	@Test
	void loopStopsLookingWhenNothingComes() {
		settle(0);
		this.time.runUntilIdle();
		settle(1);
		this.time.advance(LONG);
		settle(2);
		this.time.runUntilIdle();
		assertThat(this.settled).containsExactly(0, 1, 2);
		assertThat(this.wakeUps).isEqualTo(3);
	}

	@Test
	void nothingWaitsOnceTheSourceIsStopped() {
		settle(0);
		this.time.runUntilIdle();
		settle(1);
		this.time.runUntilIdle();
		settle(2);
		this.time.runUntilIdle();
		assertThat(this.settled).as("the loop looks later").containsExactly(0, 1);

		this.time.runOn(this.loop, this.queue::hurry);
		assertThat(this.settled).containsExactly(0, 1, 2);
		settle(3);
		this.time.runUntilIdle();
		settle(4);
		this.time.runUntilIdle();
		assertThat(this.settled).containsExactly(0, 1, 2, 3, 4);
	}

	@Test
	void loopIsWokenBeforeManySettlementsWait() {
		settle(0);
		this.time.runUntilIdle();
		settle(1);
		this.time.runUntilIdle();
		for (int number = 0; number < SettleQueue.MOST_WAITING - 1; number++) {
			settle(number);
		}
		this.time.runUntilIdle();
		assertThat(this.settled).as("the loop looks later").hasSize(2);

		settle(SettleQueue.MOST_WAITING);
		this.time.runUntilIdle();
		assertThat(this.settled).hasSize(2 + SettleQueue.MOST_WAITING);
		assertThat(this.wakeUps).isEqualTo(3);
	}

	@Test
	void settlementAfterTheEndOfTheLoopIsRefusedAndForgotten() {
		this.ended = true;
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> settle(0));
		this.ended = false;
		settle(1);
		this.time.runUntilIdle();
		assertThat(this.settled).containsExactly(1);
	}

	private void settle(int number) {
		this.queue.add(() -> this.settled.add(number));
	}

	private void wake(Runnable task) {
		if (this.ended) {
			throw new RejectedExecutionException("ended");
		}
		this.wakeUps++;
		this.loop.execute(task);
	}

}
