package dev.servicebus.benchmarks.contender;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a contender has opened, closed in the opposite order. Not thread-safe.
 */
final class Closing {

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	void add(Runnable task) {
		this.tasks.push(task);
	}

	void closeAll() {
		while (!this.tasks.isEmpty()) {
			this.tasks.pop().run();
		}
	}

}
