package dev.servicebus.emulator.delivery;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.store.MessageState;

/**
 * Passes messages of one queue into the hands of receivers, and takes back what they did
 * not settle. To whom a message goes is decided by the {@link Distribution}.
 */
final class Handover {

	private final MessageLog log;

	private final Locks locks;

	private final Departures departures;

	private final LongSupplier now;

	private final DeferredMessages deferred;

	Handover(MessageLog log, Locks locks, Departures departures, LongSupplier now) {
		this.log = log;
		this.locks = locks;
		this.departures = departures;
		this.now = now;
		this.deferred = new DeferredMessages(log, departures, now);
	}

	boolean isExpired(BrokerMessage message) {
		return message.expiresAt() != BrokerMessage.NEVER && message.isExpired(this.now.getAsLong());
	}

	/**
	 * Ends the life of a message whose time is over, unless it is locked or deferred.
	 */
	void expire(BrokerMessage message) {
		if (message.state() == MessageState.ACTIVE && !message.isLocked()) {
			this.departures.expire(message);
		}
	}

	List<BrokerMessage> findDeferred(Predicate<BrokerMessage> filter, long... sequenceNumbers) {
		return this.deferred.find(filter, sequenceNumbers);
	}

	void take(BrokerMessage message, ReceiveMode mode) {
		if (mode == ReceiveMode.PEEK_LOCK) {
			this.locks.lock(message);
		}
		else {
			this.log.remove(message);
		}
	}

	/**
	 * Hands out a message of a session whose lock ends at {@code lockedUntil}.
	 */
	void take(BrokerMessage message, ReceiveMode mode, long lockedUntil) {
		if (mode == ReceiveMode.PEEK_LOCK) {
			this.locks.lock(message, lockedUntil);
		}
		else {
			this.log.remove(message);
		}
	}

	long newLockEnd() {
		return this.locks.newEnd();
	}

	void renew(BrokerMessage message, long until) {
		this.log.renew(message, until);
	}

	void putBack(BrokerMessage message) {
		this.departures.putBack(message);
	}

	void failDelivery(BrokerMessage message) {
		this.departures.failDelivery(message);
	}

}
