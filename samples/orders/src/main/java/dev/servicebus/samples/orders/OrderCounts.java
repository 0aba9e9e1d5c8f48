package dev.servicebus.samples.orders;

import java.util.EnumMap;
import java.util.Map;

import org.springframework.stereotype.Component;

/**
 * Counts what happens to orders since the application has started.
 */
@Component
class OrderCounts {

	private final Map<Order.Kind, Integer> handled = new EnumMap<>(Order.Kind.class);

	private int failedAttempts;

	private int renewedLocks;

	synchronized void handled(Order order, boolean lockRenewed) {
		this.handled.merge(order.kind(), 1, Integer::sum);
		this.renewedLocks += lockRenewed ? 1 : 0;
	}

	synchronized void failed() {
		this.failedAttempts++;
	}

	synchronized Snapshot snapshot() {
		return new Snapshot(Map.copyOf(this.handled), this.failedAttempts, this.renewedLocks);
	}

	/**
	 * The counts at one moment.
	 *
	 * @param handled how many orders of each kind were handled
	 * @param failedAttempts how often the listener has thrown
	 * @param renewedLocks how many orders were handled under a lock that was renewed
	 */
	record Snapshot(Map<Order.Kind, Integer> handled, int failedAttempts, int renewedLocks) {

	}

}
