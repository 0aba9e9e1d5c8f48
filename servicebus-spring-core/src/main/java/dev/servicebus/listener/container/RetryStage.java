package dev.servicebus.listener.container;

import java.time.Duration;

import dev.servicebus.listener.DelayScheduler;

/**
 * Keeps messages for their next attempt. A message that waits holds its lock, but no
 * thread, and lends its slot to another.
 */
final class RetryStage {

	private final DelayScheduler scheduler;

	private final Demand demand;

	private final Settler settler;

	private volatile boolean closed;

	RetryStage(Parts parts) {
		this.scheduler = parts.services().scheduler();
		this.demand = parts.demand();
		this.settler = parts.settler();
	}

	/**
	 * Hands the message to the listener again after a delay; once closed, abandons it
	 * instead, so that its attempt counts.
	 */
	void retry(Delivery delivery, Duration delay) {
		if (!delivery.awaitRetry()) {
			return;
		}
		if (this.closed) {
			abandon(delivery);
			return;
		}
		this.demand.lend();
		try {
			this.scheduler.schedule(delay, () -> resume(delivery));
		}
		catch (RuntimeException ex) {
			this.demand.takeBack();
			abandon(delivery);
			throw ex;
		}
	}

	/**
	 * Lets no more messages wait. Those that do are abandoned by the caller, who looks
	 * for them afterwards and so misses none.
	 */
	void close() {
		this.closed = true;
	}

	void abandon(Delivery delivery) {
		this.settler.giveBack(delivery, Dispositions.ABANDON);
	}

	private void resume(Delivery delivery) {
		this.demand.takeBack();
		if (delivery.requeue()) {
			delivery.lane().enter(delivery);
		}
	}

}
