package dev.servicebus.client;

import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one entity, pushed as they come: what listener containers are built on. A
 * source survives the loss of its link and connection; messages that were handed out
 * before are then settled through the management node.
 *
 * <p>
 * A source grants credit for free slots only, and has
 * {@code demand + }{@link ReceiverOptions#prefetch() prefetch} of them. A slot is taken
 * from the moment its credit is granted until the message that used it is settled or
 * given back.
 *
 * <p>
 * Thread-safe. No method blocks.
 */
public interface MessageSource extends AutoCloseable {

	/**
	 * Sets how many messages can be worked on at the same time; 0 pauses, and takes back
	 * the credit that was granted. Messages that are already on their way still come. A
	 * source begins paused.
	 */
	void demand(int messages);

	/**
	 * Settles a message of this source and frees its slot at once. In
	 * {@link ReceiveMode#RECEIVE_AND_DELETE} it only frees the slot.
	 * @return completes when the broker has confirmed; fails with a
	 * {@link ServiceBusException} that tells a lost lock, an unknown outcome and a second
	 * settlement apart. Completed on a thread of the client's callback executor.
	 */
	CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition);

	/**
	 * Like {@link #settle(ServiceBusReceivedMessage, Disposition)}, for the many that
	 * nobody waits for: costs no future and no other thread.
	 * @param end hears how that has ended, {@code null} if the broker has confirmed.
	 * Until {@link #stop()} on the connection's event loop, so it must not block and not
	 * run user code; afterwards on a thread of the client's callback executor.
	 */
	default void settle(ServiceBusReceivedMessage message, Disposition disposition, Consumer<@Nullable Throwable> end) {
		settle(message, disposition).whenComplete((nothing, failure) -> end.accept(failure));
	}

	/**
	 * Settles a message of this source in a transaction: it stays locked until the
	 * commit. If the transaction is given up the message is in hand again, under the same
	 * lock, and can be settled again; its slot stays free.
	 * @return completes when the broker has taken note, or fails like
	 * {@link #settle(ServiceBusReceivedMessage, Disposition)}
	 */
	CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition,
			ServiceBusTransaction transaction);

	/**
	 * Renews the lock of a message of this source.
	 * @return the instant until which it is now locked
	 */
	CompletableFuture<OffsetDateTime> renewLock(ServiceBusReceivedMessage message);

	/**
	 * Ends the intake: no more credit, no more messages to the listener; the future
	 * completes when none can come any more. Messages that were handed out can still be
	 * settled. Harmless when repeated.
	 */
	CompletableFuture<Void> stop();

	/**
	 * Stops and closes the link; settlements under way are still sent. Harmless when
	 * repeated.
	 */
	@Override
	void close();

	/**
	 * Hears what a source brings. All calls come from the connection's event loop: they
	 * must not block and not run user code.
	 */
	interface Listener {

		/**
		 * A message has come. The listener owns it until it settles it.
		 */
		void onMessage(ServiceBusReceivedMessage message);

		/**
		 * The source cannot receive at present; it keeps trying. Called once an outage,
		 * not for losses that are repaired at the first attempt.
		 */
		default void onFailure(ServiceBusException failure) {
		}

		/**
		 * The source receives (again).
		 */
		default void onReady() {
		}

		/**
		 * The lock of a message that was handed out runs out soon, since it has been
		 * renewed for the time that is allowed, or cannot be renewed. Usually a quarter
		 * of the lock is left.
		 */
		default void onLockExpiring(ServiceBusReceivedMessage message) {
		}

		/**
		 * Returns whether this listener wants to be told of locks that are about to run
		 * out, and have, although {@link ReceiverOptions#maxLockRenewal()} says that they
		 * are not renewed.
		 */
		default boolean watchesLocks() {
			return false;
		}

		/**
		 * The lock of a message that was handed out is lost; settling it will fail.
		 */
		default void onLockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
		}

	}

}
