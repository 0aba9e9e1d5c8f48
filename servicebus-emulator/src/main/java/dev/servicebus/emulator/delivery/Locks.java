package dev.servicebus.emulator.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.time.BrokerTimer;
import org.jspecify.annotations.Nullable;

/**
 * Grants and renews the locks of one queue, and ends them when their time is over.
 *
 * <p>
 * One timer serves all locks. It stays set when the lock it was set for is settled: it
 * then finds nothing to do and sets itself for the next lock. So the common case, a lock
 * that is settled in time, never touches a timer.
 */
final class Locks {

	private final MessageLog log;

	private final DeliveryContext context;

	private final Supplier<DeliveryRules> rules;

	private final Expiry expiry;

	private @Nullable BrokerTimer timer;

	Locks(MessageLog log, DeliveryContext context, Supplier<DeliveryRules> rules, Expiry expiry) {
		this.log = log;
		this.context = context;
		this.rules = rules;
		this.expiry = expiry;
	}

	void lock(BrokerMessage message) {
		lock(message, newEnd());
		setTimer();
	}

	/**
	 * Locks a message for as long as its session, which sees to its end.
	 */
	void lock(BrokerMessage message, long until) {
		this.log.lock(message, this.context.lockTokens().next(), until);
	}

	/**
	 * Renews locks, all of them or none.
	 * @return when they end now
	 */
	long renew(Collection<UUID> tokens) {
		List<BrokerMessage> messages = tokens.stream().map(this::find).toList();
		long end = newEnd();
		messages.forEach((message) -> this.log.renew(message, end));
		setTimer();
		return end;
	}

	/**
	 * Finds the message with a lock that has not expired, to settle it.
	 */
	BrokerMessage require(UUID token) {
		BrokerMessage message = find(token);
		if (message.isClaimed()) {
			throw lost(token, "The message is settled in a transaction that has not ended.");
		}
		return message;
	}

	private BrokerMessage find(UUID token) {
		BrokerMessage message = this.log.findLocked(token);
		if (message == null || (!message.isClaimed() && message.lockedUntil() <= this.context.timers().now())) {
			throw lost(token, "Either the lock expired, or the message has already been removed from the queue,"
					+ " or was received by a different receiver instance.");
		}
		return message;
	}

	BrokerException lost(UUID token, String why) {
		return new BrokerException(this.expiry.error(),
				"The lock supplied is invalid. " + why + " Lock token: " + token);
	}

	List<BrokerMessage> require(Collection<UUID> tokens) {
		List<BrokerMessage> messages = new ArrayList<>(tokens.size());
		for (UUID token : tokens) {
			messages.add(require(token));
		}
		return messages;
	}

	private void expireDue() {
		this.timer = null;
		long now = this.context.timers().now();
		BrokerMessage message;
		while ((message = this.log.firstLockToExpire()) != null && message.lockedUntil() <= now) {
			this.expiry.lockExpired(message);
		}
		setTimer();
		this.expiry.allExpired();
	}

	/**
	 * Lets a lock take its course that was kept from ending, if it has not ended since.
	 */
	void resume(BrokerMessage message) {
		if (!message.isLocked()) {
			return;
		}
		if (message.lockedUntil() <= this.context.timers().now()) {
			this.expiry.lockExpired(message);
		}
		else {
			setTimer();
		}
	}

	private void setTimer() {
		BrokerMessage first = this.log.firstLockToExpire();
		if (first == null || (this.timer != null && this.timer.deadline() <= first.lockedUntil())) {
			return;
		}
		if (this.timer != null) {
			this.timer.cancel();
		}
		this.timer = this.context.timers().schedule(first.lockedUntil(), this::expireDue);
	}

	long newEnd() {
		return this.context.timers().now() + this.rules.get().lockDuration().toMillis();
	}

	/**
	 * What follows from the end of locks.
	 */
	interface Expiry {

		/**
		 * What settling a message is refused with whose lock has ended.
		 */
		BrokerError error();

		void lockExpired(BrokerMessage message);

		/**
		 * All locks that end at this moment have ended.
		 */
		void allExpired();

	}

}
