package dev.servicebus.benchmarks.scenario.lock;

import java.time.Duration;

import dev.servicebus.benchmarks.measure.Measurement;
import dev.servicebus.benchmarks.measure.Meter;
import dev.servicebus.benchmarks.scenario.Namespace;
import dev.servicebus.benchmarks.scenario.Pipeline;
import dev.servicebus.benchmarks.scenario.Side;

/**
 * Our client renews one lock with each request.
 *
 * @param namespace what holds the locks
 */
record OwnRenewals(Namespace namespace) implements Side {

	/** How many requests are under way at once. */
	static final int WINDOW = 500;

	static final Duration LOCK = Duration.ofMinutes(5);

	@Override
	public String name() {
		return "ours";
	}

	@Override
	public Measurement run(int messages) {
		String queue = this.namespace.createQueue((settings) -> settings.lockDuration(LOCK));
		try (OwnMessages held = OwnMessages.receive(this.namespace.connectionString(), queue, messages)) {
			held.receiver().renewLock(held.all().get(0));
			System.gc();
			Meter meter = Meter.start();
			Pipeline.run(messages, WINDOW, (number) -> held.receiver().renewLockAsync(held.all().get(number)));
			return Measurement.of(meter.usedFor(messages));
		}
		finally {
			this.namespace.deleteQueue(queue);
		}
	}

}
