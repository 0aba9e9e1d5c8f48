package dev.servicebus.client;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a lock is renewed automatically. Immutable.
 *
 * @param maxDuration for how long it is renewed, from the registration on
 * @param onFailure hears, on a thread of the client's callback executor, when the lock is
 * lost: an {@link AutoLockRenewTimeoutException} if it was renewed for the time that is
 * allowed, otherwise an {@link AutoLockRenewFailedException}
 */
public record LockRenewalOptions(Duration maxDuration, Consumer<ServiceBusException> onFailure) {

	/** For how long a lock is renewed unless another time is set. */
	public static final Duration DEFAULT_MAX_DURATION = Duration.ofMinutes(5);

	/** Five minutes, and nobody hears of failures. */
	public static final LockRenewalOptions DEFAULTS = new LockRenewalOptions(DEFAULT_MAX_DURATION, (failure) -> {
	});

	public LockRenewalOptions {
		Objects.requireNonNull(maxDuration, "maxDuration");
		Objects.requireNonNull(onFailure, "onFailure");
		if (maxDuration.isNegative() || maxDuration.isZero()) {
			throw new IllegalArgumentException("maxDuration must be positive but is " + maxDuration);
		}
	}

	public LockRenewalOptions withMaxDuration(Duration newMaxDuration) {
		return new LockRenewalOptions(newMaxDuration, this.onFailure);
	}

	public LockRenewalOptions withOnFailure(Consumer<ServiceBusException> newOnFailure) {
		return new LockRenewalOptions(this.maxDuration, newOnFailure);
	}

}
