package dev.servicebus.client.amqp;

import java.time.Duration;

/**
 * What one request for messages may take. Immutable.
 *
 * @param maxMessages the most messages that it gets, at least 1
 * @param ahead how many more may be fetched with them and wait here for the next request
 * @param maxWait how long it waits for the first message, not negative
 */
record ReceiveLimits(int maxMessages, int ahead, Duration maxWait) {

	ReceiveLimits {
		if (maxMessages < 1) {
			throw new IllegalArgumentException("maxMessages must be at least 1 but is " + maxMessages);
		}
		if (maxWait.isNegative()) {
			throw new IllegalArgumentException("maxWait must not be negative but is " + maxWait);
		}
	}

	static ReceiveLimits of(int maxMessages, Duration maxWait) {
		return new ReceiveLimits(maxMessages, 0, maxWait);
	}

}
