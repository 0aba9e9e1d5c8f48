package dev.servicebus.listener.container;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.servicebus.listener.support.ManualExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Workers: as many as needed, never more than allowed.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DispatcherTests {

	private final ManualExecutor executor = new ManualExecutor();

	private final List<Object> rejections = new ArrayList<>();

	private final AtomicInteger idle = new AtomicInteger();

	@Test
	void burstWakesOneWorkerAndThatOneTheNext() {
		List<Integer> waiting = new ArrayList<>();
		Dispatcher<Integer> dispatcher = new Dispatcher<>(this.executor, 2, (item) -> {
			waiting.add(this.executor.waiting());
			return null;
		}, this.idle::incrementAndGet, this.rejections::add);
		for (int i = 0; i < 5; i++) {
			dispatcher.dispatch(i);
		}
		assertThat(this.executor.waiting()).isEqualTo(1);
		this.executor.runOne();
		assertThat(waiting).containsExactly(1, 1, 1, 1, 1);
		this.executor.runAll();
		assertThat(dispatcher.whenIdle()).isCompleted();
	}

	@Test
	void itemWhoseHandlingGoesOnWithoutThreadKeepsItsPermit() {
		CompletableFuture<Void> rest = new CompletableFuture<>();
		List<Integer> handled = new ArrayList<>();
		Dispatcher<Integer> dispatcher = new Dispatcher<>(this.executor, 1, (item) -> {
			handled.add(item);
			return (item == 0) ? rest : null;
		}, this.idle::incrementAndGet, this.rejections::add);
		dispatcher.dispatch(0);
		dispatcher.dispatch(1);
		this.executor.runAll();
		assertThat(handled).containsExactly(0);
		assertThat(dispatcher.whenIdle()).isNotCompleted();
		rest.complete(null);
		this.executor.runAll();
		assertThat(handled).containsExactly(0, 1);
		assertThat(dispatcher.whenIdle()).isCompleted();
	}

	@Test
	void rejectedWorkerIsReportedAndTheItemIsHandledLater() {
		List<Integer> handled = new ArrayList<>();
		Dispatcher<Integer> dispatcher = new Dispatcher<>(this.executor, 1, (item) -> {
			handled.add(item);
			return null;
		}, this.idle::incrementAndGet, this.rejections::add);
		this.executor.reject(true);
		dispatcher.dispatch(1);
		assertThat(this.rejections).hasSize(1);
		this.executor.reject(false);
		dispatcher.wake();
		this.executor.runAll();
		assertThat(handled).containsExactly(1);
	}

	@Test
	void handlerThatThrowsDoesNotEndTheWorker() {
		List<Integer> handled = new ArrayList<>();
		Dispatcher<Integer> dispatcher = new Dispatcher<>(this.executor, 1, (item) -> {
			handled.add(item);
			throw new IllegalStateException("internal");
		}, this.idle::incrementAndGet, this.rejections::add);
		dispatcher.dispatch(1);
		dispatcher.dispatch(2);
		this.executor.runAll();
		assertThat(handled).containsExactly(1, 2);
		assertThat(dispatcher.whenIdle()).isCompleted();
	}

	@Test
	void fewerPermitsEndWorkersAndMorePermitsStartThem() {
		List<CompletableFuture<Void>> unfinished = new ArrayList<>();
		Dispatcher<Integer> dispatcher = new Dispatcher<>(this.executor, 2, (item) -> {
			unfinished.add(new CompletableFuture<>());
			return unfinished.get(unfinished.size() - 1);
		}, this.idle::incrementAndGet, this.rejections::add);
		for (int i = 0; i < 6; i++) {
			dispatcher.dispatch(i);
		}
		this.executor.runAll();
		assertThat(unfinished).hasSize(2);
		dispatcher.permits(3);
		this.executor.runAll();
		assertThat(unfinished).hasSize(3);
		dispatcher.permits(1);
		unfinished.get(0).complete(null);
		unfinished.get(1).complete(null);
		this.executor.runAll();
		assertThat(unfinished).hasSize(3);
		unfinished.get(2).complete(null);
		this.executor.runAll();
		assertThat(unfinished).hasSize(4);
		assertThat(this.idle).hasValue(0);
		unfinished.forEach((one) -> one.complete(null));
		this.executor.runAll();
		unfinished.forEach((one) -> one.complete(null));
		this.executor.runAll();
		unfinished.forEach((one) -> one.complete(null));
		assertThat(unfinished).hasSize(6);
		assertThat(this.idle).hasValue(1);
	}

	@RepeatedTest(5)
	void everyItemIsHandledOnceByNoMoreThreadsThanPermits() throws Exception {
		int producers = 3;
		int perProducer = 20_000;
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			AtomicInteger running = new AtomicInteger();
			AtomicInteger most = new AtomicInteger();
			ConcurrentHashMap<Integer, Boolean> handled = new ConcurrentHashMap<>();
			AtomicInteger twice = new AtomicInteger();
			Dispatcher<Integer> dispatcher = new Dispatcher<>(threads, 4, (item) -> {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				if (handled.put(item, true) != null) {
					twice.incrementAndGet();
				}
				running.decrementAndGet();
				return (item % 100 == 0) ? CompletableFuture.runAsync(Thread::yield, threads) : null;
			}, this.idle::incrementAndGet, this.rejections::add);
			List<CompletableFuture<Void>> producing = new ArrayList<>();
			for (int producer = 0; producer < producers; producer++) {
				int first = producer * perProducer;
				producing.add(CompletableFuture.runAsync(() -> {
					for (int i = 0; i < perProducer; i++) {
						dispatcher.dispatch(first + i);
					}
				}, threads));
			}
			CompletableFuture.allOf(producing.toArray(CompletableFuture[]::new)).get();
			dispatcher.whenIdle().get(30, TimeUnit.SECONDS);
			assertThat(handled).hasSize(producers * perProducer);
			assertThat(twice).hasValue(0);
			assertThat(most.get()).isBetween(1, 4);
			assertThat(this.rejections).isEmpty();
		}
		finally {
			threads.shutdown();
		}
	}

}
