package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.management.RenewLocks;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Renews the locks of the messages in hand, each when half of it has passed, for as long
 * as allowed. All locks share one timer, and locks that are due together share one
 * request. A failed renewal is tried again while the lock can still be saved; one that
 * cannot is reported as lost.
 */
final class LockRenewals {

	private static final int MAX_TOKENS_PER_REQUEST = 100;

	/** The service allows no longer lock; what seems longer is a clock that differs. */
	private static final Duration MAX_LOCK = Duration.ofMinutes(5);

	/** Keeps clocks that differ from making us renew without pause. */
	private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

	private final EventLoop loop;

	private final ManagementNode management;

	private final Duration maxRenewal;

	private final LossListener losses;

	private final Deadlines deadlines;

	private final Map<LockedMessage, Renewal> renewals = new IdentityHashMap<>();

	private final List<Renewal> due = new ArrayList<>();

	/** How far the broker's clock is known to be ahead of ours. */
	private Duration brokerAhead = Duration.ZERO;

	/**
	 * Makes renewals for one entity.
	 * @param loop the loop of the connection
	 * @param management the management node of the entity
	 * @param maxRenewal for how long a message is renewed after its arrival, zero for not
	 * at all
	 * @param losses hears of lost locks
	 */
	LockRenewals(EventLoop loop, ManagementNode management, Duration maxRenewal, LossListener losses) {
		this.loop = loop;
		this.management = management;
		this.maxRenewal = maxRenewal;
		this.losses = losses;
		this.deadlines = new Deadlines(loop);
	}

	/**
	 * Begins to renew the lock of a message, if it has one.
	 */
	void add(LockedMessage locked) {
		UUID lockToken = locked.message().lockToken();
		if (lockToken == null || this.maxRenewal.isZero()) {
			return;
		}
		noteBrokerTime(locked.message());
		Renewal renewal = new Renewal(locked, lockToken, this.loop.nanoTime() + this.maxRenewal.toNanos());
		this.renewals.put(locked, renewal);
		long remaining = remainingNanos(locked.message());
		if (remaining == 0) {
			// The lock has run out on its way, or the clocks differ: the broker knows.
			due(renewal);
		}
		else {
			renewal.arm(remaining);
		}
	}

	/**
	 * Ends the renewal of a message. Harmless when it is not renewed.
	 */
	void remove(LockedMessage locked) {
		Renewal renewal = this.renewals.remove(locked);
		if (renewal != null) {
			renewal.cancel();
		}
	}

	void clear() {
		this.renewals.clear();
		this.deadlines.clear();
		this.due.clear();
	}

	private void noteBrokerTime(ServiceBusReceivedMessage message) {
		OffsetDateTime enqueued = message.enqueuedTime();
		if (enqueued != null) {
			Duration ahead = Duration.between(this.loop.clock().instant(), enqueued.toInstant());
			if (ahead.compareTo(this.brokerAhead) > 0) {
				this.brokerAhead = ahead;
			}
		}
	}

	/**
	 * How long a lock lasts, 0 if it has run out or is not known. At most
	 * {@link #MAX_LOCK}.
	 */
	private long remainingNanos(ServiceBusReceivedMessage message) {
		OffsetDateTime lockedUntil = message.lockedUntil();
		if (lockedUntil == null) {
			return 0;
		}
		Instant brokerNow = this.loop.clock().instant().plus(this.brokerAhead);
		Duration remaining = Duration.between(brokerNow, lockedUntil.toInstant());
		if (remaining.isNegative()) {
			return 0;
		}
		return ((remaining.compareTo(MAX_LOCK) > 0) ? MAX_LOCK : remaining).toNanos();
	}

	private void due(Renewal renewal) {
		this.due.add(renewal);
		if (this.due.size() == 1) {
			// Others may become due in this very turn.
			this.loop.execute(this::renewDue);
		}
	}

	private void renewDue() {
		List<Renewal> batch = new ArrayList<>(this.due);
		this.due.clear();
		batch.removeIf((renewal) -> this.renewals.get(renewal.locked) != renewal);
		for (int from = 0; from < batch.size(); from += MAX_TOKENS_PER_REQUEST) {
			renew(batch.subList(from, Math.min(batch.size(), from + MAX_TOKENS_PER_REQUEST)));
		}
	}

	private void renew(List<Renewal> batch) {
		List<UUID> tokens = batch.stream().map((renewal) -> renewal.lockToken).toList();
		this.management.call(new RenewLocks(tokens), new Completion<>() {
			@Override
			public void success(List<OffsetDateTime> lockedUntil) {
				for (int i = 0; i < batch.size(); i++) {
					batch.get(i).renewed(lockedUntil.get(i));
				}
			}

			@Override
			public void failure(ServiceBusException failure) {
				if (batch.size() > 1) {
					// One bad token fails them all: ask for each.
					batch.forEach((renewal) -> renew(List.of(renewal)));
				}
				else {
					batch.get(0).failed(failure);
				}
			}
		});
	}

	/**
	 * Hears of lost locks.
	 */
	@FunctionalInterface
	interface LossListener {

		void lost(LockedMessage locked, MessageLockLostException failure);

	}

	/**
	 * The lock of one message.
	 */
	private final class Renewal extends Deadlines.Entry {

		private final LockedMessage locked;

		private final UUID lockToken;

		private final long renewUntil;

		Renewal(LockedMessage locked, UUID lockToken, long renewUntil) {
			this.locked = locked;
			this.lockToken = lockToken;
			this.renewUntil = renewUntil;
		}

		void arm(long remainingNanos) {
			long left = this.renewUntil - LockRenewals.this.loop.nanoTime();
			// At the end of the time that is allowed the last lock simply runs out.
			Duration delay = Duration.ofNanos((left > remainingNanos) ? remainingNanos / 2 : remainingNanos);
			LockRenewals.this.deadlines.add((delay.compareTo(MIN_INTERVAL) > 0) ? delay : MIN_INTERVAL, this);
		}

		@Override
		protected void expired() {
			if (this.renewUntil - LockRenewals.this.loop.nanoTime() > 0) {
				due(this);
			}
			else {
				lose("the lock was renewed for the time that is allowed and has run out", null);
			}
		}

		void renewed(OffsetDateTime lockedUntil) {
			if (LockRenewals.this.renewals.get(this.locked) == this) {
				this.locked.message().lockRenewed(lockedUntil);
				arm(remainingNanos(this.locked.message()));
			}
		}

		void failed(ServiceBusException failure) {
			if (LockRenewals.this.renewals.get(this.locked) != this) {
				return;
			}
			long remaining = remainingNanos(this.locked.message());
			if (failure instanceof MessageLockLostException || remaining == 0) {
				lose(failure.getMessage(), failure);
			}
			else {
				arm(remaining);
			}
		}

		private void lose(@Nullable String why, @Nullable Throwable cause) {
			LockRenewals.this.renewals.remove(this.locked);
			ErrorContext where = ErrorContext.of("renew-lock", LockRenewals.this.management.entityPath());
			LockRenewals.this.losses.lost(this.locked, new MessageLockLostException(where.withDescription(why), cause));
		}

	}

}
