package dev.servicebus.client.amqp;

import java.time.Duration;

/**
 * On what terms operations are carried out. Immutable.
 *
 * @param timeout within which an operation ends, all its attempts included
 */
record WorkTerms(Duration timeout) {

	WorkTerms {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("timeout must be positive but is " + timeout);
		}
	}

	WorkTerms withTimeout(Duration newTimeout) {
		return new WorkTerms(newTimeout);
	}

}
