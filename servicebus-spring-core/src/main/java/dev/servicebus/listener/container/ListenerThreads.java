package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.DelayScheduler;

/**
 * The threads of listener containers: one for each message that is being handled, and one
 * that times retries and shutdowns. All of them end when there is nothing to do for a
 * while. Thread-safe.
 */
public final class ListenerThreads implements AutoCloseable {

	private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

	private final ScheduledThreadPoolExecutor scheduler;

	private final Executor executor;

	private final @Nullable ExecutorService owned;

	private ListenerThreads(Executor executor, @Nullable ExecutorService owned) {
		this.executor = executor;
		this.owned = owned;
		this.scheduler = new ScheduledThreadPoolExecutor(1, threads("servicebus-listener-timer-", true));
		this.scheduler.setRemoveOnCancelPolicy(true);
		this.scheduler.setKeepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS);
		this.scheduler.allowCoreThreadTimeOut(true);
	}

	/**
	 * As many platform threads as are needed.
	 */
	public static ListenerThreads platform() {
		ExecutorService pool = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE.toMillis(),
				TimeUnit.MILLISECONDS, new SynchronousQueue<>(), threads("servicebus-listener-", false));
		return new ListenerThreads(pool, pool);
	}

	/**
	 * Threads of somebody else, who also closes them, for example virtual ones.
	 * @param executor see {@link ContainerServices#executor()}
	 */
	public static ListenerThreads of(Executor executor) {
		return new ListenerThreads(executor, null);
	}

	/**
	 * Runs the listeners.
	 */
	public Executor executor() {
		return this.executor;
	}

	/**
	 * Times retries and shutdowns.
	 */
	public DelayScheduler scheduler() {
		return (delay, task) -> this.scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Ends the threads. Listeners that are still busy, after their containers have waited
	 * for them in vain, are interrupted. Harmless when repeated.
	 */
	@Override
	public void close() {
		this.scheduler.shutdownNow();
		if (this.owned != null) {
			this.owned.shutdownNow();
		}
	}

	private static ThreadFactory threads(String prefix, boolean daemon) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + number.incrementAndGet());
			thread.setDaemon(daemon);
			return thread;
		};
	}

}
