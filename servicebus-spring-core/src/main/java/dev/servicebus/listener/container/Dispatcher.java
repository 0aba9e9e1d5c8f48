package dev.servicebus.listener.container;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where and when items are handled: by workers, at most as many at once as there
 * are permits. A worker is one task of the executor; it lives while items wait, so a
 * dispatcher without work uses no thread.
 *
 * <ol>
 * <li>The state counts permits in use: by workers that run or were asked for, and by
 * items whose handling goes on without a thread.
 * <li>At most one worker is being woken at a time; once it runs, it wakes the next if
 * more items wait. A burst costs the caller one wake-up.
 * <li>Whoever returns a permit looks at the queue afterwards, and whoever adds an item
 * looks at the state afterwards, so no item is left behind.
 * </ol>
 *
 * <p>
 * Thread-safe; no method blocks.
 */
final class Dispatcher<T> {

	private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

	private static final int WAKING = 1 << 30;

	private static final ThreadLocal<Dispatcher<?>> CURRENT = new ThreadLocal<>();

	private final Queue<T> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger state = new AtomicInteger();

	private final CompletableFuture<Void> idle = new CompletableFuture<>();

	private final Runnable worker = this::work;

	private final Executor executor;

	private final Runnable idled;

	private volatile int permits;

	private final Handler<T> handler;

	private final Consumer<Throwable> rejected;

	private volatile boolean closed;

	/**
	 * Makes a dispatcher.
	 * @param idled hears that nothing is left to handle; may be followed by more at once
	 * @param rejected hears that the executor took no worker; it should call
	 * {@link #wake()} later
	 */
	Dispatcher(Executor executor, int permits, Handler<T> handler, Runnable idled, Consumer<Throwable> rejected) {
		this.executor = executor;
		this.permits = permits;
		this.handler = handler;
		this.idled = idled;
		this.rejected = rejected;
	}

	void dispatch(T item) {
		this.queue.add(item);
		wake();
	}

	/**
	 * Changes how many items are handled at once. Workers that are too many end after the
	 * item that they have.
	 */
	void permits(int newPermits) {
		this.permits = newPermits;
		wake();
	}

	/**
	 * How many items are being handled, or about to be.
	 */
	int busy() {
		return this.state.get() & ~WAKING;
	}

	/**
	 * Asks for a worker if items wait and a permit is free.
	 */
	void wake() {
		while (!this.queue.isEmpty()) {
			int current = this.state.get();
			if (current >= this.permits) {
				return;
			}
			if (this.state.compareAndSet(current, (current + 1) | WAKING)) {
				startWorker();
				return;
			}
		}
	}

	/**
	 * Returns whether the caller runs in a worker of this dispatcher.
	 */
	boolean isWorker() {
		return CURRENT.get() == this;
	}

	/**
	 * Completes when all items that were dispatched so far have been handled. To be
	 * called when no more come.
	 */
	CompletableFuture<Void> whenIdle() {
		this.closed = true;
		checkIdle();
		return this.idle;
	}

	/** A thread may also be refused with an error, when the system has none left. */
	private void startWorker() {
		try {
			this.executor.execute(this.worker);
		}
		catch (Throwable ex) {
			this.state.addAndGet(-WAKING - 1);
			tellRejected(ex);
		}
	}

	private void tellRejected(Throwable failure) {
		try {
			this.rejected.accept(failure);
		}
		catch (Throwable ex) {
			logger.error("Nobody will ask for a thread again until another message comes", ex);
		}
	}

	private void work() {
		this.state.addAndGet(-WAKING);
		CURRENT.set(this);
		try {
			while (handleNext()) {
				continue;
			}
		}
		finally {
			CURRENT.remove();
		}
	}

	private boolean handleNext() {
		T item = (busy() > this.permits) ? null : this.queue.poll();
		if (item == null) {
			returnPermit();
			return false;
		}
		wake();
		CompletionStage<?> unfinished = handle(item);
		if (unfinished == null) {
			return true;
		}
		unfinished.whenComplete((result, failure) -> returnPermit());
		return false;
	}

	private @Nullable CompletionStage<?> handle(T item) {
		try {
			return this.handler.handle(item);
		}
		catch (Throwable ex) {
			logger.error("A listener container failed internally; the message comes again when its lock expires", ex);
			return null;
		}
	}

	private void returnPermit() {
		int left = this.state.decrementAndGet();
		wake();
		if (left == 0 && this.queue.isEmpty()) {
			this.idled.run();
		}
		checkIdle();
	}

	private void checkIdle() {
		if (this.closed && this.state.get() == 0 && this.queue.isEmpty()) {
			this.idle.complete(null);
		}
	}

	/**
	 * Handles items on worker threads.
	 */
	@FunctionalInterface
	interface Handler<T> {

		/**
		 * Handles an item.
		 * @return the rest of the handling if it goes on without this thread
		 */
		@Nullable CompletionStage<?> handle(T item);

	}

}
