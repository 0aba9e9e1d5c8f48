package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import dev.servicebus.amqp.transport.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * Takes the settlements of a source to its loop. As long as they come in quick succession
 * the loop looks for them by itself, at short intervals, instead of being woken for each:
 * to wake it costs several times what a settlement does, and on a machine with few
 * processors it also takes the processor away from the listener that brings them. A
 * settlement waits for such a look only while more messages are in hand, so that no
 * message is late because of that.
 *
 * <p>
 * Thread-safe.
 */
final class SettleQueue {

	/**
	 * Short against a round trip to a broker, and long against the time that a fast
	 * listener takes for a message.
	 */
	static final Duration LOOK_AGAIN = Duration.ofNanos(20_000);

	/** What lies between two looks at most where settlements come in quick succession. */
	private static final long OFTEN_NANOS = 5 * LOOK_AGAIN.toNanos();

	/** How many messages have to be in hand for a settlement to wait. */
	static final int ENOUGH_IN_HAND = 16;

	/**
	 * How many settlements wait at most. Well below a usual prefetch, so that the broker
	 * sends more before the listener has nothing left to do.
	 */
	static final int MOST_WAITING = 32;

	private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();

	private final AtomicInteger waiting = new AtomicInteger();

	/** Whether the loop will look without being woken. */
	private final AtomicBoolean awake = new AtomicBoolean();

	private final Runnable look = this::look;

	private final EventLoop loop;

	private final Executor wake;

	private final IntSupplier inHand;

	private EventLoop.@Nullable Timer nextLook;

	private long lastLook;

	private boolean hurried;

	/**
	 * Makes a queue.
	 * @param wake runs something on the loop
	 * @param inHand tells, on the loop, how many messages are not settled
	 */
	SettleQueue(EventLoop loop, Executor wake, IntSupplier inHand) {
		this.loop = loop;
		this.wake = wake;
		this.inHand = inHand;
		this.lastLook = this.loop.nanoTime() - 2 * OFTEN_NANOS;
	}

	/**
	 * Hands a settlement in.
	 * @throws RejectedExecutionException if the loop has ended
	 */
	void add(Runnable request) {
		this.requests.add(request);
		boolean full = this.waiting.incrementAndGet() == MOST_WAITING;
		if (full || (!this.awake.get() && this.awake.compareAndSet(false, true))) {
			try {
				this.wake.execute(this.look);
			}
			catch (RejectedExecutionException ex) {
				if (this.requests.remove(request)) {
					this.waiting.decrementAndGet();
				}
				this.awake.set(false);
				throw ex;
			}
		}
	}

	/**
	 * Lets nothing wait from now on, on the loop: it may end soon.
	 */
	void hurry() {
		this.hurried = true;
		if (this.nextLook != null) {
			look();
		}
	}

	private void look() {
		if (this.nextLook != null) {
			this.nextLook.cancel();
			this.nextLook = null;
		}
		long now = this.loop.nanoTime();
		boolean often = now - this.lastLook <= OFTEN_NANOS;
		this.lastLook = now;
		int found = runAll();
		if (found > 0 && often && !this.hurried && this.inHand.getAsInt() >= ENOUGH_IN_HAND) {
			this.nextLook = this.loop.schedule(LOOK_AGAIN, this.look);
			return;
		}
		this.awake.set(false);
		if (!this.requests.isEmpty() && this.awake.compareAndSet(false, true)) {
			this.wake.execute(this.look);
		}
	}

	private int runAll() {
		int found = 0;
		for (Runnable next = this.requests.poll(); next != null; next = this.requests.poll()) {
			this.waiting.decrementAndGet();
			next.run();
			found++;
		}
		return found;
	}

}
