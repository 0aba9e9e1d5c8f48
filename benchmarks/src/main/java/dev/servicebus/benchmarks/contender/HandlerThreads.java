package dev.servicebus.benchmarks.contender;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Gets ready where messages are handled.
 */
@FunctionalInterface
interface HandlerThreads {

	/** The I/O loop, where they arrive. */
	HandlerThreads LOOP = (concurrency, closing) -> Runnable::run;

	/** A pool with one thread for each handler. */
	HandlerThreads POOL = (concurrency, closing) -> {
		ExecutorService pool = Executors.newFixedThreadPool(concurrency);
		closing.add(pool::shutdownNow);
		return pool;
	};

	/**
	 * Makes an executor.
	 * @param closing ends it
	 */
	Executor start(int concurrency, Closing closing);

}
