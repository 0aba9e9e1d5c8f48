package dev.servicebus.client;

import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A session that was accepted: its lock and its state. Thread-safe.
 *
 * <p>
 * When the lock is lost every method that asks the broker fails with a
 * {@link SessionLockLostException}; the session then has to be accepted again. Blocking
 * methods wait no longer than the operation timeout of the receiver.
 */
public interface ServiceBusSession {

	/**
	 * The id that the messages of the session share.
	 */
	String sessionId();

	/**
	 * Until when the session is locked as far as is known here, on the broker's clock.
	 */
	OffsetDateTime lockedUntil();

	/**
	 * What ended the automatic renewal of the lock: an
	 * {@link AutoLockRenewTimeoutException} or an {@link AutoLockRenewFailedException};
	 * {@code null} if it goes on, or was never begun.
	 */
	@Nullable ServiceBusException autoRenewError();

	/**
	 * Renews the lock on its own until the receiver is closed: what
	 * {@link AutoLockRenewer} is built on.
	 * @throws IllegalStateException if the lock is renewed anyway
	 */
	LockRenewal keepLocked(LockRenewalOptions options);

	/**
	 * Reads what was stored with the session.
	 * @return the state, {@code null} if there is none
	 */
	byte @Nullable [] getState();

	/**
	 * Like {@link #getState()}.
	 */
	CompletableFuture<byte @Nullable []> getStateAsync();

	/**
	 * Like {@link #getState()}, as text in UTF-8.
	 */
	@Nullable String getStateAsString();

	/**
	 * Like {@link #getStateAsString()}.
	 */
	CompletableFuture<@Nullable String> getStateAsStringAsync();

	/**
	 * Stores something with the session. It outlives the lock and all messages.
	 * @param state what to store, {@code null} for nothing
	 */
	void setState(byte @Nullable [] state);

	/**
	 * Like {@link #setState(byte[])}.
	 */
	CompletableFuture<Void> setStateAsync(byte @Nullable [] state);

	/**
	 * Like {@link #setState(byte[])}, with text in UTF-8.
	 */
	void setStateAsString(@Nullable String state);

	/**
	 * Like {@link #setStateAsString(String)}.
	 */
	CompletableFuture<Void> setStateAsStringAsync(@Nullable String state);

	/**
	 * Renews the lock of the session, and with it those of its messages.
	 * @return the instant until which it is now locked
	 */
	OffsetDateTime renewLock();

	/**
	 * Like {@link #renewLock()}.
	 */
	CompletableFuture<OffsetDateTime> renewLockAsync();

}
