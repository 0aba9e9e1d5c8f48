package dev.servicebus.listener;

import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;

/**
 * The lock of the message that a listener handles; in a session, that of the session. The
 * container renews it by itself, see {@link ListenerOptions#maxLockRenewal()}: this tells
 * a listener that takes long whether its work still counts. Thread-safe; of use until the
 * message is settled.
 */
public interface MessageLock {

	/**
	 * Until when the lock holds as far as is known here, renewals included, on the
	 * broker's clock.
	 */
	OffsetDateTime lockedUntil();

	/**
	 * Returns whether the lock is lost. Somebody else may be handling the message by now,
	 * and it cannot be settled any more. A message that was given back at the end of a
	 * shutdown counts as lost, too.
	 */
	boolean isLost();

	/**
	 * Has something done when the lock is lost in this attempt, at once if it is already:
	 * on a thread of the container's executor, which may block. Once for each call; not
	 * when the message is settled before. What it throws is logged.
	 */
	void onLost(Runnable action);

	/**
	 * Renews the lock, also when {@link ListenerOptions#maxLockRenewal()} has passed.
	 * Blocks.
	 * @return the instant until which the lock holds now
	 * @throws dev.servicebus.client.MessageLockLostException if the lock is lost
	 * @throws dev.servicebus.client.MessageAlreadySettledException if the message is
	 * settled
	 * @throws dev.servicebus.client.ServiceBusException if the broker cannot be asked
	 */
	OffsetDateTime renew();

	/**
	 * Like {@link #renew()}, without blocking.
	 */
	CompletableFuture<OffsetDateTime> renewAsync();

}
