package dev.servicebus.boot.autoconfigure;

import java.time.Duration;

import dev.servicebus.client.retry.RetryMode;
import org.jspecify.annotations.Nullable;

/**
 * What the retries of the client and of listeners have in common.
 */
interface RetryProperties {

	@Nullable Integer maxAttempts();

	@Nullable RetryMode mode();

	@Nullable Duration delay();

	@Nullable Duration maxDelay();

	@Nullable Double multiplier();

	@Nullable Double jitter();

}
