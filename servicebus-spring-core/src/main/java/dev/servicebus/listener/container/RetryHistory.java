package dev.servicebus.listener.container;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.client.retry.RetrySchedule;
import dev.servicebus.listener.FailureProperties;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * What a message says about its earlier attempts.
 *
 * @param attempts how many there were
 * @param messageId the id of the first message, {@code null} if this is the first one
 */
record RetryHistory(int attempts, @Nullable String messageId) {

	static final RetryHistory NONE = new RetryHistory(0, null);

	/** Beyond this, a number is not one of ours. */
	private static final int MAX_ATTEMPTS = 1_000_000;

	private static final Throwable EARLIER = new IllegalStateException("an earlier attempt has failed");

	/**
	 * Reads a message. One that cannot be read has no history: its listener will find
	 * out.
	 */
	static RetryHistory of(ServiceBusReceivedMessage message) {
		Map<String, @Nullable Object> properties;
		try {
			properties = message.amqpMessage().applicationProperties();
		}
		catch (AmqpDecodeException ex) {
			return NONE;
		}
		if (!(properties.get(FailureProperties.RETRY_ATTEMPTS) instanceof Integer attempts)) {
			return NONE;
		}
		return new RetryHistory(Math.max(0, Math.min(attempts, MAX_ATTEMPTS)),
				(properties.get(FailureProperties.RETRY_MESSAGE_ID) instanceof String id) ? id : null);
	}

	/**
	 * Begins a schedule behind the earlier attempts.
	 */
	RetrySchedule.Attempts goOn(RetrySchedule schedule) {
		RetrySchedule.Attempts left = schedule.start();
		boolean any = true;
		for (int number = 0; number < this.attempts && any; number++) {
			any = left.next(EARLIER).isPresent();
		}
		return left;
	}

}
