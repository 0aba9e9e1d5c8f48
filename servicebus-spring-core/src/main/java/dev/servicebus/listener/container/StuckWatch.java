package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import dev.servicebus.listener.DelayScheduler;
import dev.servicebus.listener.ListenerMonitor;

/**
 * Notices that a listener has been busy with a message for a long time. Looks at all
 * messages now and then, as long as there are any, so that a message costs a look at a
 * flag and an idle container nothing. Thread-safe.
 */
final class StuckWatch {

	/** How often it looks until a message is stuck. */
	private static final int LOOKS = 4;

	private final AtomicBoolean armed = new AtomicBoolean();

	private final String listenerId;

	private final DelayScheduler scheduler;

	private final ListenerMonitor monitor;

	private final InFlight inFlight;

	private final Duration interval;

	/** Used by one look at a time. */
	private Map<Delivery, Seen> busy = Map.of();

	private volatile int stuck;

	private volatile boolean stopped;

	private volatile @Nullable Future<?> next;

	StuckWatch(Parts parts, InFlight inFlight) {
		this.listenerId = parts.definition().id();
		this.scheduler = parts.services().scheduler();
		this.monitor = parts.monitor();
		this.inFlight = inFlight;
		this.interval = parts.definition().options().stuckAfter().dividedBy(LOOKS);
		this.stopped = this.interval.isZero();
	}

	/**
	 * A message has come.
	 */
	void message() {
		if (!this.armed.get() && !this.stopped && this.armed.compareAndSet(false, true)) {
			schedule();
		}
	}

	/**
	 * With how many messages the listener seems to be stuck.
	 */
	int stuck() {
		return this.stuck;
	}

	void stop() {
		this.stopped = true;
		Future<?> current = this.next;
		if (current != null) {
			current.cancel(false);
		}
	}

	private void schedule() {
		this.next = this.scheduler.schedule(this.interval, this::look);
	}

	private void look() {
		Map<Delivery, Seen> now = new IdentityHashMap<>();
		for (Delivery delivery : this.inFlight.all()) {
			if (delivery.phase() == Phase.RUNNING) {
				Seen before = this.busy.get(delivery);
				now.put(delivery, Seen.next(before, delivery.attempt()));
			}
		}
		this.busy = now;
		this.stuck = (int) now.values().stream().filter(Seen::isStuck).count();
		report(now);
		if (this.stopped) {
			return;
		}
		if (this.inFlight.all().isEmpty()) {
			this.armed.set(false);
			if (!this.inFlight.all().isEmpty()) {
				message();
			}
		}
		else {
			schedule();
		}
	}

	private void report(Map<Delivery, Seen> now) {
		Set<Thread> told = new HashSet<>();
		now.forEach((delivery, seen) -> {
			Thread handler = delivery.handler();
			if (seen.isNew() && (handler == null || told.add(handler))) {
				List<StackTraceElement> stack = LockGuard.stack(delivery);
				this.monitor.stuck(this.listenerId, delivery.message(), stack);
			}
		});
	}

	/**
	 * In how many looks in a row a listener was busy with an attempt.
	 *
	 * @param attempt the number of the attempt
	 * @param looks how many
	 */
	private record Seen(int attempt, int looks) {

		static Seen next(@Nullable Seen before, int attempt) {
			return new Seen(attempt, (before != null && before.attempt == attempt) ? before.looks + 1 : 1);
		}

		/** The first look may have come right after the beginning. */
		boolean isStuck() {
			return this.looks > LOOKS;
		}

		boolean isNew() {
			return this.looks == LOOKS + 1;
		}

	}

}
