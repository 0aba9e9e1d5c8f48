package dev.servicebus.emulator.delivery;

import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.store.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a message that nobody completed goes back to its place, to the
 * dead-letter queue, or nowhere.
 */
final class Departures {

	private final MessageLog log;

	private final Supplier<DeliveryRules> rules;

	private final @Nullable DeadLetterSink deadLetters;

	private final LongSupplier now;

	Departures(MessageLog log, Supplier<DeliveryRules> rules, @Nullable DeadLetterSink deadLetters, LongSupplier now) {
		this.log = log;
		this.rules = rules;
		this.deadLetters = deadLetters;
		this.now = now;
	}

	/**
	 * Ends a delivery that was in vain: it counts, and may have been the last. A dead
	 * letter keeps the count with which it came.
	 */
	void failDelivery(BrokerMessage message) {
		if (this.deadLetters == null) {
			putBack(message);
			return;
		}
		this.log.countFailedDelivery(message);
		if (message.deliveryCount() >= this.rules.get().maxDeliveryCount()) {
			deadLetter(message, DeadLetterReason.maxDeliveryCountExceeded(message.deliveryCount()));
		}
		else {
			putBack(message);
		}
	}

	/**
	 * Unlocks a message without counting. A message does not expire while it is locked,
	 * so it may do so now.
	 */
	void putBack(BrokerMessage message) {
		if (message.state() == MessageState.ACTIVE && message.isExpired(this.now.getAsLong())) {
			expire(message);
		}
		else {
			this.log.unlock(message);
		}
	}

	void expire(BrokerMessage message) {
		if (this.deadLetters != null && this.rules.get().expiration() == DeliveryRules.Expiration.DEAD_LETTER) {
			deadLetter(message, DeadLetterReason.timeToLiveExpired());
		}
		else {
			this.log.remove(message);
		}
	}

	void deadLetter(BrokerMessage message, Map<String, ? extends @Nullable Object> properties) {
		DeadLetterSink sink = checkDeadLettering();
		this.log.modify(message, properties);
		this.log.remove(message);
		sink.accept(message);
	}

	/**
	 * Refuses to dead-letter from a dead-letter queue.
	 */
	DeadLetterSink checkDeadLettering() {
		if (this.deadLetters == null) {
			throw new BrokerException(BrokerError.NOT_ALLOWED,
					"A message cannot be dead-lettered from a dead-letter queue. Complete or abandon it instead.");
		}
		return this.deadLetters;
	}

}
