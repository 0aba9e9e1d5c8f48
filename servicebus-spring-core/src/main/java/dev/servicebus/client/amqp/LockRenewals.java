package dev.servicebus.client.amqp;

import java.time.Instant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.client.AutoLockRenewFailedException;
import dev.servicebus.client.AutoLockRenewTimeoutException;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionLockLostException;
import org.jspecify.annotations.Nullable;

/**
 * Renews the locks of a client, of messages and of sessions, each when half of it has
 * passed, for as long as allowed. All locks share one timer, and locks of one entity that
 * are due together share one request. A failed renewal is tried again while the lock can
 * still be saved; one that cannot is announced a quarter before its end and then reported
 * as lost. Confined to the loop.
 */
final class LockRenewals {

	/** Keeps clocks that differ from making us renew without pause. */
	private static final long MIN_INTERVAL = TimeUnit.SECONDS.toMillis(1);

	/** The part of a lock that is left when its end is announced. */
	private static final int WARNING = 4;

	/** Not after the first renewal that fails, which is at a half, but after the next. */
	private static final int WARNING_AFTER_FAILURE = 3;

	private final EventLoop loop;

	private final BrokerTime brokerTime;

	private final RenewalCalendar<Renewal> calendar;

	LockRenewals(EventLoop loop) {
		this.loop = loop;
		this.brokerTime = new BrokerTime(loop.clock());
		this.calendar = new RenewalCalendar<>(loop, this::due);
	}

	BrokerTime brokerTime() {
		return this.brokerTime;
	}

	/**
	 * Begins to renew a lock.
	 * @param lock the lock
	 * @param maxDuration for how long it is renewed, from now on
	 */
	Renewal start(RenewableLock lock, Duration maxDuration) {
		Renewal renewal = new Renewal(lock, maxDuration);
		renewal.arm();
		return renewal;
	}

	/**
	 * How many locks are renewed at present, but for those that are being asked for.
	 */
	int size() {
		return this.calendar.size();
	}

	private void due(List<Renewal> renewals) {
		Map<LockRenewer, List<Renewal>> byRenewer = new LinkedHashMap<>();
		@Nullable LockRenewer latest = null;
		List<Renewal> batch = List.of();
		for (Renewal renewal : renewals) {
			if (renewal.isWorthAsking()) {
				LockRenewer renewer = renewal.lock.renewer();
				if (renewer != latest) {
					latest = renewer;
					batch = byRenewer.computeIfAbsent(renewer, (added) -> new ArrayList<>());
				}
				batch.add(renewal);
			}
		}
		byRenewer.forEach((renewer, due) -> {
			int most = renewer.locksPerRequest();
			for (int from = 0; from < due.size(); from += most) {
				renew(renewer, due.subList(from, Math.min(due.size(), from + most)));
			}
		});
	}

	private void renew(LockRenewer renewer, List<Renewal> batch) {
		List<RenewableLock> locks = new ArrayList<>(batch.size());
		batch.forEach((renewal) -> locks.add(renewal.lock));
		renewer.renew(locks, limit(batch), new Completion<>() {
			@Override
			public void success(List<Instant> lockedUntil) {
				for (int i = 0; i < batch.size(); i++) {
					batch.get(i).succeeded(lockedUntil.get(i));
				}
			}

			@Override
			public void failure(ServiceBusException failure) {
				failed(renewer, batch, failure);
			}
		});
	}

	/**
	 * Half of the time for which all locks of a request hold, so that there is time left
	 * for another request when the answer to this one is lost.
	 */
	private Duration limit(List<Renewal> batch) {
		long first = Long.MAX_VALUE;
		for (Renewal renewal : batch) {
			first = Math.min(first, renewal.armedFor);
		}
		return Duration.ofMillis(Math.max(this.brokerTime.remaining(first) / 2, MIN_INTERVAL));
	}

	/**
	 * One bad token fails all locks of a request, so each is asked for alone then.
	 */
	private void failed(LockRenewer renewer, List<Renewal> batch, ServiceBusException failure) {
		for (Renewal renewal : batch) {
			if (batch.size() == 1) {
				renewal.failed(failure);
			}
			else if (renewal.active) {
				renew(renewer, List.of(renewal));
			}
		}
	}

	/**
	 * The renewal of one lock.
	 */
	final class Renewal extends RenewalCalendar.Entry<Renewal> {

		private final RenewableLock lock;

		private final Duration maxDuration;

		private long renewUntil;

		/** Set when all that is left to do is to wait until the lock runs out. */
		private boolean lastWait;

		/** The end of the lock that was known then, see {@link BrokerTime#millis}. */
		private long armedFor;

		/** The longest time for which the lock was seen to hold, in milliseconds. */
		private int length;

		private boolean warned;

		private boolean attempted;

		private boolean active = true;

		Renewal(RenewableLock lock, Duration maxDuration) {
			this.lock = lock;
			this.maxDuration = maxDuration;
			this.renewUntil = LockRenewals.this.loop.nanoTime() + maxDuration.toNanos();
		}

		/**
		 * Ends the renewal. Harmless when repeated.
		 */
		void stop() {
			this.active = false;
			LockRenewals.this.calendar.remove(this);
		}

		/**
		 * Allows the whole time once more, from now on.
		 */
		void extend() {
			this.renewUntil = LockRenewals.this.loop.nanoTime() + this.maxDuration.toNanos();
			this.warned = false;
			if (this.active && this.lastWait) {
				LockRenewals.this.calendar.remove(this);
				arm();
			}
		}

		private void arm() {
			armFor(BrokerTime.millis(this.lock.lockedUntil()));
		}

		private void armFor(long lockedUntil) {
			this.armedFor = lockedUntil;
			long remaining = LockRenewals.this.brokerTime.remaining(this.armedFor);
			long left = this.renewUntil - LockRenewals.this.loop.nanoTime();
			this.length = (int) Math.max(this.length, remaining);
			this.lastWait = left <= TimeUnit.MILLISECONDS.toNanos(remaining);
			long delay = this.lastWait ? lastWait(remaining) : remaining / 2;
			// A lock that has run out on its way is tried at once: the clocks may differ.
			long least = (this.attempted || remaining > 0) ? MIN_INTERVAL : 0;
			LockRenewals.this.calendar.add(TimeUnit.MILLISECONDS.toNanos(Math.max(delay, least)), this);
		}

		/** Until the warning, and from there until the lock runs out. */
		private long lastWait(long remaining) {
			long margin = this.length / WARNING;
			return (this.warned || remaining <= margin) ? remaining : remaining - margin;
		}

		private void warn() {
			if (!this.warned) {
				this.warned = true;
				this.lock.expiring();
			}
		}

		private long remaining() {
			return LockRenewals.this.brokerTime.remaining(BrokerTime.millis(this.lock.lockedUntil()));
		}

		/**
		 * Decides what to do now that the lock is due.
		 */
		private boolean isWorthAsking() {
			this.attempted = true;
			if (!this.active || !this.lastWait) {
				return this.active;
			}
			if (this.armedFor != BrokerTime.millis(this.lock.lockedUntil())) {
				// Somebody else has renewed it.
				arm();
			}
			else if (!this.warned) {
				warn();
				arm();
			}
			else {
				end(new AutoLockRenewTimeoutException(where().withDescription("the lock was renewed for "
						+ this.maxDuration.toSeconds() + " s, which is the time that is allowed, and has run out")));
			}
			return false;
		}

		private void succeeded(Instant lockedUntil) {
			if (this.active) {
				this.lock.renewed(lockedUntil);
				armFor(lockedUntil.toEpochMilli());
			}
		}

		private void failed(ServiceBusException failure) {
			if (!this.active) {
				return;
			}
			boolean lost = failure instanceof MessageLockLostException || failure instanceof SessionLockLostException;
			if (lost || remaining() == 0) {
				end(new AutoLockRenewFailedException(where().withDescription(failure.getMessage()), failure));
			}
			else {
				if (remaining() < this.length / WARNING_AFTER_FAILURE) {
					warn();
				}
				arm();
			}
		}

		private void end(ServiceBusException failure) {
			stop();
			this.lock.renewalEnded(failure);
		}

		private ErrorContext where() {
			return ErrorContext.of("renew-lock", this.lock.renewer().entityPath());
		}

	}

}
