package dev.servicebus.listener.container;

import org.jspecify.annotations.Nullable;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.message.EncodedMessage;
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
		EncodedMessage encoded = message.amqpMessage();
		try {
			if (!(encoded.applicationProperty(FailureProperties.RETRY_ATTEMPTS) instanceof Integer attempts)) {
				return NONE;
			}
			Object id = encoded.applicationProperty(FailureProperties.RETRY_MESSAGE_ID);
			return new RetryHistory(Math.max(0, Math.min(attempts, MAX_ATTEMPTS)),
					(id instanceof String text) ? text : null);
		}
		catch (AmqpDecodeException ex) {
			return NONE;
		}
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
