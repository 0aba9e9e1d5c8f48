package dev.servicebus.listener.container;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.listener.DelayScheduler;
import dev.servicebus.listener.FailureOptions;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Has messages wait in the broker for their next attempt: as copies that are scheduled.
 * While that does not succeed a message stays here, under its lock, until it is time for
 * its attempt.
 */
final class RescheduleStage {

	private static final Logger logger = LoggerFactory.getLogger(ServiceBusListenerContainer.class);

	/** Shorter than half of the shortest lock. */
	private static final Duration PAUSE = Duration.ofSeconds(2);

	private final ListenerDefinition definition;

	private final FailureOptions options;

	private final DelayScheduler scheduler;

	private final RandomGenerator random;

	private final Settler settler;

	private final Replacement replacement;

	private final BooleanSupplier closed;

	RescheduleStage(Parts parts, BooleanSupplier closed) {
		this.definition = parts.definition();
		this.options = parts.definition().options().failures();
		this.scheduler = parts.services().scheduler();
		this.random = parts.services().random();
		this.settler = parts.settler();
		this.replacement = new Replacement(parts.services().client());
		this.closed = closed;
	}

	/**
	 * Returns whether a message should, and can, wait in the broker.
	 */
	boolean takes(Delivery delivery, Duration delay) {
		ListenerOptions container = this.definition.options();
		boolean possible = !container.sessions().enabled()
				&& container.settlement() != SettlementMode.RECEIVE_AND_DELETE && destination(delivery) != null;
		if (!possible) {
			return false;
		}
		Instant due = due(delivery, delay);
		boolean wanted = delay.compareTo(this.options.retryHoldLimit()) > 0
				|| (delay.compareTo(container.maxLockRenewal()) > 0 && !isLockedUntil(delivery.message(), due));
		return wanted && RetryCopy.outlives(delivery.message(), due);
	}

	private static boolean isLockedUntil(ServiceBusReceivedMessage message, Instant time) {
		OffsetDateTime lockedUntil = message.lockedUntil();
		return lockedUntil != null && lockedUntil.toInstant().isAfter(time);
	}

	/**
	 * Puts a scheduled copy in the place of a message that the listener has failed with.
	 */
	void start(Delivery delivery, Duration delay) {
		if (delivery.beginScheduling(Phase.RUNNING)) {
			schedule(delivery, due(delivery, delay));
		}
	}

	/** What the broker calls now is not before it took the message. */
	private Instant due(Delivery delivery, Duration delay) {
		Instant now = this.scheduler.instant();
		OffsetDateTime enqueued = delivery.message().enqueuedTime();
		return ((enqueued != null && enqueued.toInstant().isAfter(now)) ? enqueued.toInstant() : now).plus(delay);
	}

	private @Nullable String destination(Delivery delivery) {
		String retryQueue = this.options.retryQueue();
		return (retryQueue != null) ? retryQueue : delivery.lane().queue();
	}

	private void schedule(Delivery delivery, Instant due) {
		try {
			String destination = String.valueOf(destination(delivery));
			boolean atHome = destination.equalsIgnoreCase(delivery.lane().queue());
			ServiceBusMessage copy = copy(delivery, due, atHome);
			(atHome ? this.replacement.inTransaction(delivery, copy, destination)
					: this.replacement.oneAfterTheOther(delivery, copy, destination))
				.thenAccept((result) -> ended(delivery, due, result));
		}
		catch (RuntimeException ex) {
			ended(delivery, due, Replacement.Result.nothingDone(ex));
		}
	}

	/**
	 * Within a transaction no copy of an earlier try can exist, so none may be taken for
	 * one. Otherwise it may, and should: its id is the same then.
	 */
	private ServiceBusMessage copy(Delivery delivery, Instant due, boolean atHome) {
		String distinction = atHome ? new UUID(this.random.nextLong(), this.random.nextLong()).toString()
				: Long.toString(delivery.message().sequenceNumber());
		return RetryCopy.of(delivery, this.definition.target().toString(), due, distinction);
	}

	private void ended(Delivery delivery, Instant due, Replacement.Result result) {
		Throwable failure = result.failure();
		if (result.isOver()) {
			if (delivery.endScheduling(true)) {
				this.settler.confirmed(delivery, Dispositions.COMPLETE, failure);
			}
		}
		else if (failure instanceof MessageLockLostException lost) {
			this.settler.lost(delivery, lost);
		}
		else if (delivery.endScheduling(false)) {
			logger.warn("Listener '{}' could not schedule message {} for its next attempt and keeps it for now: {}",
					this.definition.id(), delivery.message().sequenceNumber(), String.valueOf(failure));
			keep(delivery, due);
		}
	}

	/**
	 * Keeps a message under its lock for a while.
	 */
	private void keep(Delivery delivery, Instant due) {
		ServiceBusReceivedMessage message = delivery.message();
		delivery.lane().renewLock(message).whenComplete((lockedUntil, failure) -> {
			if (failure != null && AsyncFailures.unwrap(failure) instanceof MessageLockLostException lost) {
				this.settler.lost(delivery, lost);
			}
			else {
				pause(delivery, due);
			}
		});
	}

	private void pause(Delivery delivery, Instant due) {
		Duration left = Duration.between(this.scheduler.instant(), due);
		try {
			if (this.closed.getAsBoolean()) {
				this.settler.abandonWaiting(delivery);
			}
			else if (left.compareTo(PAUSE) < 0) {
				this.scheduler.schedule(left.isNegative() ? Duration.ZERO : left, delivery::handleAgain);
			}
			else {
				this.scheduler.schedule(PAUSE, () -> tryAgain(delivery, due));
			}
		}
		catch (RuntimeException ex) {
			this.settler.abandonWaiting(delivery);
		}
	}

	private void tryAgain(Delivery delivery, Instant due) {
		if (delivery.beginScheduling(Phase.WAITING)) {
			schedule(delivery, due);
		}
	}

}
