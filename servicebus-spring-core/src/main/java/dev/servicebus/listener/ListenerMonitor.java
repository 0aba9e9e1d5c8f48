package dev.servicebus.listener;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Hears what goes wrong, or recovers, in listener containers. Everything is also logged.
 * Thread-safe; called on the thread on which it happens, possibly a connection's event
 * loop, so it must not block. What it throws is logged and ignored.
 */
public interface ListenerMonitor {

	/**
	 * The container receives (again).
	 */
	default void receiving(String listenerId) {
	}

	/**
	 * The container cannot receive at present and keeps trying. Once an outage.
	 */
	default void receiveFailed(String listenerId, ServiceBusException failure) {
	}

	/**
	 * A listener has failed, and this is what becomes of the message; to complete, if the
	 * listener had settled it before.
	 */
	default void handlingFailed(ListenerFailure failure, Outcome outcome) {
	}

	/**
	 * The lock of a message was lost before it was settled.
	 */
	default void lockLost(String listenerId, ServiceBusReceivedMessage message, ServiceBusException failure) {
	}

	/**
	 * A listener has come to an end with a message that cannot be settled any more,
	 * because its lock was lost or it was given back at the end of a shutdown.
	 * @param error what the listener has thrown, {@code null} if it returned
	 */
	default void resultDiscarded(String listenerId, ServiceBusReceivedMessage message, @Nullable Throwable error) {
	}

	/**
	 * The broker has not confirmed a settlement.
	 * @param failure usually a {@link ServiceBusException}, which tells lost locks and
	 * unknown outcomes apart
	 */
	default void settlementFailed(String listenerId, ServiceBusReceivedMessage message, Disposition disposition,
			Throwable failure) {
	}

	/**
	 * The executor has refused a thread; the container tries again soon.
	 */
	default void executorRejected(String listenerId, Throwable failure) {
	}

	/**
	 * The container has stopped.
	 * @param unfinished how many messages were still in the listener at the end of the
	 * shutdown timeout
	 */
	default void stopped(String listenerId, int unfinished) {
	}

}
