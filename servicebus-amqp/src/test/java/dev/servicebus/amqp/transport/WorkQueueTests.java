package dev.servicebus.amqp.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.servicebus.amqp.simulation.SimulatedTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(20)
class WorkQueueTests {

	private final SimulatedTime time = SimulatedTime.roundRobin();

	private final CountingLoop loop = new CountingLoop(this.time.newLoop("loop"));

	private final List<String> log = new ArrayList<>();

	private final WorkQueue queue = new WorkQueue(this.loop, () -> this.log.add("flush"),
			(ex) -> this.log.add("failed: " + ex.getMessage()));

	@Test
	void oneBurstWakesTheLoopOnceAndFlushesOnce() {
		for (String task : List.of("a", "b", "c")) {
			this.queue.submit(() -> this.log.add(task));
		}
		assertThat(this.log).isEmpty();
		this.time.runUntilIdle();
		assertThat(this.log).containsExactly("a", "b", "c", "flush");
		assertThat(this.loop.executed).isEqualTo(1);
	}

	@Test
	void queueWakesAgainAfterItFellAsleep() {
		this.queue.submit(() -> this.log.add("a"));
		this.time.runUntilIdle();
		this.queue.submit(() -> this.log.add("b"));
		this.time.runUntilIdle();
		assertThat(this.log).containsExactly("a", "flush", "b", "flush");
	}

	@Test
	void taskHandedInByATaskRunsLaterInTheSameBurst() {
		this.queue.submit(() -> {
			this.queue.submit(() -> this.log.add("inner"));
			this.log.add("outer");
		});
		this.time.runUntilIdle();
		assertThat(this.log).containsExactly("outer", "inner", "flush");
	}

	@Test
	void longBurstLetsOtherWorkOfTheLoopThrough() {
		for (int i = 0; i < WorkQueue.MAX_BURST + 1; i++) {
			this.queue.submit(() -> this.log.add("task"));
		}
		this.loop.execute(() -> this.log.add("other"));
		this.time.runUntilIdle();
		assertThat(this.log.indexOf("other")).isEqualTo(WorkQueue.MAX_BURST + 1);
		assertThat(this.log).filteredOn("flush"::equals).hasSize(2);
	}

	@Test
	void failuresAreReportedAndStopNothing() {
		this.queue.submit(() -> {
			throw new IllegalStateException("broken");
		});
		this.queue.submit(() -> {
			throw new StackOverflowError("deep");
		});
		this.queue.submit(() -> this.log.add("next"));
		this.time.runUntilIdle();
		assertThat(this.log).containsExactly("failed: broken", "failed: deep", "next", "flush");
	}

	@Test
	void failureOfTheHookIsReportedToo() {
		WorkQueue failing = new WorkQueue(this.loop, () -> {
			throw new IllegalStateException("hook");
		}, (ex) -> this.log.add("failed: " + ex.getMessage()));
		failing.submit(() -> this.log.add("a"));
		this.time.runUntilIdle();
		failing.submit(() -> this.log.add("b"));
		this.time.runUntilIdle();
		assertThat(this.log).containsExactly("a", "failed: hook", "b", "failed: hook");
	}

	@Test
	void submitToALoopThatIsShutDownIsRefused() {
		this.loop.shutDown = true;
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> this.queue.submit(() -> this.log.add("a")));
		this.loop.shutDown = false;
		this.queue.submit(() -> this.log.add("b"));
		this.time.runUntilIdle();
		assertThat(this.log).containsExactly("b", "flush");
	}

	@Test
	void whatWasTakenStillRunsWhenTheLoopShutsDownMeanwhile() {
		for (int i = 0; i < 3 * WorkQueue.MAX_BURST; i++) {
			this.queue.submit(() -> {
				this.loop.shutDown = true;
				this.log.add("task");
			});
		}
		this.time.runUntilIdle();
		assertThat(this.log).filteredOn("task"::equals).hasSize(3 * WorkQueue.MAX_BURST);
	}

	@Test
	void tasksOfManyThreadsAllRunEachThreadInItsOrder() throws InterruptedException {
		int threads = 8;
		int perThread = 20_000;
		int[] next = new int[threads];
		AtomicInteger outOfOrder = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(threads * perThread);
		ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
		try {
			WorkQueue shared = new WorkQueue(new ExecutorLoop(executor), () -> {
			}, (ex) -> outOfOrder.incrementAndGet());
			CountDownLatch start = new CountDownLatch(1);
			for (int t = 0; t < threads; t++) {
				int thread = t;
				Thread producer = new Thread(() -> {
					awaitQuietly(start);
					for (int i = 0; i < perThread; i++) {
						int number = i;
						shared.submit(() -> {
							// Only the loop touches the array, so plain reads suffice.
							if (next[thread]++ != number) {
								outOfOrder.incrementAndGet();
							}
							done.countDown();
						});
					}
				});
				producer.start();
			}
			start.countDown();
			assertThat(done.await(15, TimeUnit.SECONDS)).isTrue();
			assertThat(outOfOrder).hasValue(0);
			assertThat(Arrays.stream(next).sum()).isEqualTo(threads * perThread);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void taskHandedInWhileTheQueueFallsAsleepIsNotForgotten() {
		ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
		try {
			WorkQueue shared = new WorkQueue(new ExecutorLoop(executor), () -> {
			}, (ex) -> {
			});
			AtomicInteger done = new AtomicInteger();
			for (int round = 1; round <= 100_000; round++) {
				int number = round;
				shared.submit(() -> done.set(number));
				long start = System.nanoTime();
				while (done.get() != number) {
					Thread.onSpinWait();
					if (System.nanoTime() - start > 5_000_000_000L) {
						throw new AssertionError("The task of round " + number + " never ran");
					}
				}
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class CountingLoop extends DelegatingEventLoop {

		private int executed;

		private boolean shutDown;

		CountingLoop(EventLoop delegate) {
			super(delegate);
		}

		@Override
		public void execute(Runnable task) {
			if (this.shutDown) {
				throw new RejectedExecutionException("shut down");
			}
			this.executed++;
			super.execute(task);
		}

	}

	/**
	 * A loop with a thread of its own and nothing else.
	 */
	private static final class ExecutorLoop extends DelegatingEventLoop {

		private final ScheduledExecutorService executor;

		ExecutorLoop(ScheduledExecutorService executor) {
			super(SimulatedTime.roundRobin().newLoop("unused"));
			this.executor = executor;
		}

		@Override
		public void execute(Runnable task) {
			this.executor.execute(task);
		}

		@Override
		public Timer schedule(Duration delay, Runnable task) {
			throw new UnsupportedOperationException();
		}

	}

}
