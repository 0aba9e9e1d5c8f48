package dev.servicebus.client.retry;

/**
 * How the delay between attempts develops.
 */
public enum RetryMode {

	/** It is multiplied after each attempt. */
	EXPONENTIAL,

	/** It stays the same. */
	FIXED

}
