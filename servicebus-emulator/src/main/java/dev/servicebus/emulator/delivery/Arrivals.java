package dev.servicebus.emulator.delivery;

import java.time.Duration;
import java.util.function.Supplier;

import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.time.BrokerTimers;
import org.jspecify.annotations.Nullable;

/**
 * Lets messages in, now or at their scheduled time, and sets the end of their life.
 */
final class Arrivals {

	private final MessageLog log;

	private final Supplier<DeliveryRules> rules;

	private final BrokerTimers timers;

	private final Listener listener;

	private final ScheduledMessages scheduled;

	Arrivals(MessageLog log, Supplier<DeliveryRules> rules, BrokerTimers timers, Listener listener) {
		this.log = log;
		this.rules = rules;
		this.timers = timers;
		this.listener = listener;
		this.scheduled = new ScheduledMessages(log, timers, this::activate);
	}

	/**
	 * Stores one message, without delivering it yet.
	 */
	BrokerMessage add(MessageContent content) {
		return this.scheduled.isEarly(content) ? this.scheduled.add(content) : add(content, content.timeToLive());
	}

	/**
	 * Stores a message that comes from another entity, without delivering it yet. Its
	 * scheduled time was honored there.
	 */
	BrokerMessage add(Arrival arrival) {
		BrokerMessage message = add(arrival.content(), arrival.timeToLive());
		this.log.setOrigin(message, arrival.origin());
		return message;
	}

	private BrokerMessage add(MessageContent content, @Nullable Duration timeToLive) {
		long now = this.timers.now();
		BrokerMessage message = this.log.enqueue(content, now, expiry(timeToLive, now));
		awaitExpiry(message);
		return message;
	}

	/**
	 * Stores one message, under a number reserved for it if it has to wait.
	 */
	void add(MessageContent content, long number) {
		if (this.scheduled.isEarly(content)) {
			this.scheduled.add(content, number);
		}
		else {
			add(content);
		}
	}

	/**
	 * Takes scheduled messages back, all of them or none.
	 */
	void cancel(long[] sequenceNumbers) {
		this.scheduled.cancel(sequenceNumbers);
	}

	private void activate(BrokerMessage message) {
		long now = this.timers.now();
		this.log.activate(message, now, expiry(message.content().timeToLive(), now));
		awaitExpiry(message);
		this.listener.arrived();
	}

	private void awaitExpiry(BrokerMessage message) {
		if (message.expiresAt() != BrokerMessage.NEVER) {
			this.log.await(message, this.timers.schedule(message.expiresAt(), () -> this.listener.expired(message)));
		}
	}

	private long expiry(@Nullable Duration requested, long now) {
		Duration timeToLive = this.rules.get().timeToLive(requested);
		return timeToLive.equals(DeliveryRules.FOREVER) ? BrokerMessage.NEVER : now + timeToLive.toMillis();
	}

	/**
	 * Hears what happens to messages by time alone.
	 */
	interface Listener {

		/**
		 * The time of a scheduled message has come.
		 */
		void arrived();

		/**
		 * The life of a message is over.
		 */
		void expired(BrokerMessage message);

	}

}
