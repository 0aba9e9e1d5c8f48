package dev.servicebus.client;

import org.jspecify.annotations.Nullable;

/**
 * The automatic renewal of one lock. It ends when the message is settled, when its
 * receiver is closed, when the lock is lost, or when it is closed. Thread-safe.
 */
public interface LockRenewal extends AutoCloseable {

	/**
	 * Returns whether the lock is still being renewed.
	 */
	boolean isActive();

	/**
	 * Why the lock was lost, {@code null} if it was not: an
	 * {@link AutoLockRenewTimeoutException} or an {@link AutoLockRenewFailedException}.
	 */
	@Nullable ServiceBusException failure();

	/**
	 * Ends the renewal; the lock then runs out unless something else is done. Harmless
	 * when repeated.
	 */
	@Override
	void close();

}
