package dev.servicebus.listener;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Hears what happens to listener containers and their messages. What goes wrong is also
 * logged. Thread-safe; called on the thread on which it happens, possibly a connection's
 * event loop, so it must not block: where that is needed, listen to
 * {@linkplain dev.servicebus.listener.event.ListenerEvent events}. What it throws is
 * logged and ignored.
 */
public interface ListenerMonitor {

	/**
	 * Passes everything on to several monitors, in their order, whatever one of them
	 * throws.
	 */
	static ListenerMonitor of(Collection<? extends ListenerMonitor> monitors) {
		return new MonitorChain(monitors);
	}

	/**
	 * The container was started. It may still not be able to receive.
	 */
	default void started(String listenerId) {
	}

	/**
	 * The container asks for no more messages.
	 */
	default void paused(String listenerId) {
	}

	/**
	 * The container asks for messages again after a pause.
	 */
	default void resumed(String listenerId) {
	}

	/**
	 * No message has come for {@link ListenerOptions#idleEventInterval()}, and none is
	 * being handled. Told once until one comes.
	 */
	default void idle(String listenerId) {
	}

	/**
	 * A message has come after the container was reported as idle.
	 */
	default void active(String listenerId) {
	}

	/**
	 * The broker has confirmed a settlement. Called for every message.
	 */
	default void settled(String listenerId, ServiceBusReceivedMessage message, Disposition disposition) {
	}

	/**
	 * The container has a session and takes its messages.
	 */
	default void sessionOpened(String listenerId, String sessionId) {
	}

	/**
	 * The container has a session no longer.
	 */
	default void sessionClosed(String listenerId, String sessionId, SessionEnd reason) {
	}

	/**
	 * The container receives (again).
	 */
	default void receiving(String listenerId) {
	}

	/**
	 * The container cannot receive yet, as {@link StartupPolicy#LAZY} expects, and keeps
	 * trying. Once before it receives for the first time.
	 */
	default void waiting(String listenerId, ServiceBusException failure) {
	}

	/**
	 * The container cannot receive at present and keeps trying. Once an outage.
	 */
	default void receiveFailed(String listenerId, ServiceBusException failure) {
	}

	/**
	 * A filter or interceptor has decided about a message instead of the listener.
	 */
	default void skipped(String listenerId, ServiceBusReceivedMessage message, Outcome outcome) {
	}

	/**
	 * A listener has failed, and this is what becomes of the message; to complete, if the
	 * listener had settled it before.
	 */
	default void handlingFailed(ListenerFailure failure, Outcome outcome) {
	}

	/**
	 * The lock of a message runs out soon: it was renewed for the time that is allowed,
	 * or cannot be renewed. Once for each message.
	 * @param lockedUntil until when it holds, on the broker's clock
	 * @param stack what the listener does with the message, empty if it is not being
	 * called
	 */
	default void lockExpiring(String listenerId, ServiceBusReceivedMessage message, OffsetDateTime lockedUntil,
			List<StackTraceElement> stack) {
	}

	/**
	 * A listener has been busy with a message for {@link ListenerOptions#stuckAfter()}.
	 * Once for each attempt, and once for all messages of a batch.
	 * @param stack what it does, empty if it is not being called, but waits for a future,
	 * or for its message to be settled
	 */
	default void stuck(String listenerId, ServiceBusReceivedMessage message, List<StackTraceElement> stack) {
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
