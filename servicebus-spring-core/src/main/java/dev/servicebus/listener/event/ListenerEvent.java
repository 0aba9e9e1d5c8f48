package dev.servicebus.listener.event;

import java.time.OffsetDateTime;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * What happens to a listener container, as an event of the application context:
 * {@code @EventListener void on(ListenerEvent.LockLost event)}. Events are published one
 * after another in the order in which they happened, on a thread that may block.
 * Immutable.
 */
public sealed interface ListenerEvent {

	/**
	 * The id of the listener.
	 */
	String listenerId();

	/** The container was started. */
	record Started(String listenerId) implements ListenerEvent {

	}

	/**
	 * The container has stopped.
	 *
	 * @param unfinished how many messages were given back while the listener still had
	 * them
	 */
	record Stopped(String listenerId, int unfinished) implements ListenerEvent {

	}

	/** The container asks for no more messages. */
	record Paused(String listenerId) implements ListenerEvent {

	}

	/** The container asks for messages again. */
	record Resumed(String listenerId) implements ListenerEvent {

	}

	/**
	 * The container cannot receive. Once an outage.
	 *
	 * @param failure why
	 */
	record Failed(String listenerId, ServiceBusException failure) implements ListenerEvent {

	}

	/** The container receives, for the first time or again. */
	record Receiving(String listenerId) implements ListenerEvent {

	}

	/**
	 * No message has come for a while.
	 *
	 * @see ListenerOptions#idleEventInterval()
	 */
	record Idle(String listenerId) implements ListenerEvent {

	}

	/** A message has come after the container was idle. */
	record Active(String listenerId) implements ListenerEvent {

	}

	/**
	 * The container has a session.
	 *
	 * @param sessionId its id
	 */
	record SessionOpened(String listenerId, String sessionId) implements ListenerEvent {

	}

	/**
	 * The container has a session no longer.
	 *
	 * @param sessionId its id
	 * @param reason why
	 */
	record SessionClosed(String listenerId, String sessionId, SessionEnd reason) implements ListenerEvent {

	}

	/**
	 * The listener has failed with a message.
	 *
	 * @param failure what happened
	 * @param outcome what becomes of the message
	 */
	record HandlingFailed(ListenerFailure failure, Outcome outcome) implements ListenerEvent {

		@Override
		public String listenerId() {
			return this.failure.listenerId();
		}

	}

	/**
	 * The lock of a message runs out soon, and is not renewed.
	 *
	 * @param message the message
	 * @param lockedUntil until when the lock holds, on the broker's clock
	 * @param stack what the listener does with the message, empty if it is not being
	 * called
	 */
	record LockExpiring(String listenerId, ServiceBusReceivedMessage message, OffsetDateTime lockedUntil,
			List<StackTraceElement> stack) implements ListenerEvent {

	}

	/**
	 * The listener has been busy with a message for {@link ListenerOptions#stuckAfter()}.
	 *
	 * @param message the message
	 * @param stack what it does, empty if it is not being called, but waits for a future,
	 * or for its message to be settled
	 */
	record Stuck(String listenerId, ServiceBusReceivedMessage message,
			List<StackTraceElement> stack) implements ListenerEvent {

	}

	/**
	 * The lock of a message was lost before it was settled.
	 *
	 * @param message the message, which will be delivered again
	 * @param failure why
	 */
	record LockLost(String listenerId, ServiceBusReceivedMessage message,
			ServiceBusException failure) implements ListenerEvent {

	}

	/**
	 * The listener has ended with a message that could not be settled any more.
	 *
	 * @param message the message
	 * @param error what the listener has thrown, {@code null} if it returned
	 */
	record ResultDiscarded(String listenerId, ServiceBusReceivedMessage message,
			@Nullable Throwable error) implements ListenerEvent {

	}

	/**
	 * The broker has not confirmed a settlement: a duplicate may be coming.
	 *
	 * @param message the message
	 * @param disposition what was to become of it
	 * @param failure why
	 */
	record SettlementFailed(String listenerId, ServiceBusReceivedMessage message, Disposition disposition,
			Throwable failure) implements ListenerEvent {

	}

}
