package dev.servicebus.listener.container;

import java.time.Duration;

import dev.servicebus.listener.DelayScheduler;

/**
 * Keeps messages for their next attempt, unless they better wait in the broker. A message
 * that waits here holds its lock, but no thread, and lends its slot to another.
 */
final class RetryStage {

	private final DelayScheduler scheduler;

	private final Settler settler;

	private final RescheduleStage rescheduling;

	private volatile boolean closed;

	RetryStage(Parts parts) {
		this.scheduler = parts.services().scheduler();
		this.settler = parts.settler();
		this.rescheduling = new RescheduleStage(parts, () -> this.closed);
	}

	/**
	 * Hands the message to the listener again after a delay; once closed, abandons it
	 * instead, so that its attempt counts.
	 */
	void retry(Delivery delivery, Duration delay) {
		if (!this.closed && this.rescheduling.takes(delivery, delay)) {
			this.rescheduling.start(delivery, delay);
		}
		else if (delivery.awaitRetry()) {
			hold(delivery, delay);
		}
	}

	private void hold(Delivery delivery, Duration delay) {
		if (this.closed) {
			this.settler.abandonWaiting(delivery);
			return;
		}
		delivery.lane().lend();
		try {
			this.scheduler.schedule(delay, () -> resume(delivery));
		}
		catch (RuntimeException ex) {
			delivery.lane().takeBack();
			this.settler.abandonWaiting(delivery);
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

	private void resume(Delivery delivery) {
		delivery.lane().takeBack();
		delivery.handleAgain();
	}

}
