package dev.servicebus.emulator.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.store.MessageState;
import dev.servicebus.emulator.time.BrokerTimers;

/**
 * Lets messages in, now or at their scheduled time, and sets the end of their life.
 */
final class Arrivals {

	private final MessageLog log;

	private final Supplier<DeliveryRules> rules;

	private final BrokerTimers timers;

	private final DeliveryQueue queue;

	Arrivals(MessageLog log, Supplier<DeliveryRules> rules, BrokerTimers timers, DeliveryQueue queue) {
		this.log = log;
		this.rules = rules;
		this.timers = timers;
		this.queue = queue;
	}

	/**
	 * Stores one message, without delivering it yet.
	 */
	BrokerMessage add(MessageContent content) {
		long now = this.timers.now();
		Instant at = content.scheduledEnqueueTime();
		if (at != null && at.toEpochMilli() > now) {
			BrokerMessage scheduled = this.log.schedule(content, now);
			this.log.await(scheduled, this.timers.schedule(at.toEpochMilli(), () -> activate(scheduled)));
			return scheduled;
		}
		BrokerMessage message = this.log.enqueue(content, now, expiry(content, now));
		awaitExpiry(message);
		return message;
	}

	/**
	 * Takes scheduled messages back, all of them or none.
	 */
	void cancel(long[] sequenceNumbers) {
		Set<BrokerMessage> found = new LinkedHashSet<>();
		for (long number : sequenceNumbers) {
			BrokerMessage message = this.log.find(number);
			if (message == null || message.state() != MessageState.SCHEDULED) {
				throw new BrokerException(BrokerError.MESSAGE_NOT_FOUND, "The scheduled message with sequence number "
						+ number + " could not be found. It may have been enqueued or cancelled already.");
			}
			found.add(message);
		}
		found.forEach(this.log::remove);
	}

	private void activate(BrokerMessage message) {
		long now = this.timers.now();
		this.log.activate(message, now, expiry(message.content(), now));
		awaitExpiry(message);
		this.queue.dispatch();
	}

	private void awaitExpiry(BrokerMessage message) {
		if (message.expiresAt() != BrokerMessage.NEVER) {
			this.log.await(message, this.timers.schedule(message.expiresAt(), () -> this.queue.expire(message)));
		}
	}

	private long expiry(MessageContent content, long now) {
		Duration timeToLive = this.rules.get().timeToLive(content.timeToLive());
		return timeToLive.equals(DeliveryRules.FOREVER) ? BrokerMessage.NEVER : now + timeToLive.toMillis();
	}

}
