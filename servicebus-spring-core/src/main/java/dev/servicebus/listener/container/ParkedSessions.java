package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.servicebus.listener.DelayScheduler;

/**
 * Sessions that were given back after a failure and should not be worked on again at
 * once. Remembers a limited number; those beyond have no delay. Thread-safe.
 */
final class ParkedSessions {

	private static final int MAX_SESSIONS = 10_000;

	private final Map<String, Long> ends = new ConcurrentHashMap<>();

	private final DelayScheduler scheduler;

	ParkedSessions(DelayScheduler scheduler) {
		this.scheduler = scheduler;
	}

	void park(String sessionId, Duration delay) {
		if (this.ends.size() < MAX_SESSIONS && !delay.isZero()) {
			Long end = this.scheduler.nanoTime() + delay.toNanos();
			this.ends.put(sessionId, end);
			this.scheduler.schedule(delay, () -> this.ends.remove(sessionId, end));
		}
	}

	/**
	 * How long the session should still rest; zero or less if it need not.
	 */
	Duration rest(String sessionId) {
		Long end = this.ends.get(sessionId);
		return (end != null) ? Duration.ofNanos(end - this.scheduler.nanoTime()) : Duration.ZERO;
	}

}
