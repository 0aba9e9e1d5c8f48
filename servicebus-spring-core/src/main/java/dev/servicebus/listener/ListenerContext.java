package dev.servicebus.listener;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * What a listener may know about, and do with, the message that it handles. Thread-safe;
 * of use until the message is settled.
 */
public interface ListenerContext {

	/**
	 * The id of the listener.
	 */
	String listenerId();

	/**
	 * How often the message was handed to the listener, beginning with 1. Counted on by
	 * the next container if this one has stopped in between, or has scheduled a copy; not
	 * if it has lost the message, which only the message's delivery count tells.
	 */
	int attempt();

	/**
	 * Settles the message, if the listener wants to do so itself.
	 */
	Settlement settlement();

	/**
	 * Returns whether the lock of the message is lost. Somebody else may be handling it
	 * by now, and it cannot be settled any more.
	 */
	boolean isLockLost();

	/**
	 * The lock of the message, {@code null} if messages are deleted on delivery.
	 */
	default @Nullable MessageLock lock() {
		return null;
	}

	/**
	 * The session of the message, {@code null} if the listener is not one of sessions.
	 */
	default @Nullable SessionContext session() {
		return null;
	}

	/**
	 * Takes the end of {@code result}, not the return of the listener, for the end of the
	 * handling: the message stays locked and counts against the concurrency until then,
	 * but holds no thread. The last call counts.
	 */
	void settleAfter(CompletionStage<?> result);

}
