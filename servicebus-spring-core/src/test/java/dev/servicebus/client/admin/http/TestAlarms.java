package dev.servicebus.client.admin.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Waits before another attempt pass at once; limits never do, unless the test says so.
 */
final class TestAlarms implements Alarms {

	static final Duration LIMIT = Duration.ofHours(1);

	final List<Duration> waits = new CopyOnWriteArrayList<>();

	final List<Runnable> limits = new CopyOnWriteArrayList<>();

	@Override
	public Runnable set(Duration delay, Runnable task) {
		if (delay.compareTo(LIMIT) >= 0) {
			this.limits.add(task);
			return () -> this.limits.remove(task);
		}
		this.waits.add(delay);
		task.run();
		return () -> {
		};
	}

}
