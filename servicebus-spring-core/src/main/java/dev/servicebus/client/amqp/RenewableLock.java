package dev.servicebus.client.amqp;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

import dev.servicebus.client.ServiceBusException;
import org.jspecify.annotations.Nullable;

/**
 * A lock that can be renewed: of a message, or of a session with all its messages. Used
 * on the loop.
 */
interface RenewableLock {

	/**
	 * Asks the broker; locks with equal renewers can share a request.
	 */
	LockRenewer renewer();

	/**
	 * Identifies the lock of a message, {@code null} for the lock of a session.
	 */
	@Nullable UUID lockToken();

	/**
	 * Until when the lock holds as far as is known here, on the broker's clock;
	 * {@code null} if that is not known.
	 */
	@Nullable OffsetDateTime lockedUntil();

	/**
	 * The lock was renewed.
	 */
	void renewed(Instant newLockedUntil);

	/**
	 * The lock runs out soon.
	 */
	default void expiring() {
	}

	/**
	 * The lock is lost, and its renewal has ended.
	 * @param failure a {@link dev.servicebus.client.AutoLockRenewTimeoutException} if it
	 * was renewed for the time that is allowed, otherwise a
	 * {@link dev.servicebus.client.AutoLockRenewFailedException}
	 */
	void renewalEnded(ServiceBusException failure);

}
