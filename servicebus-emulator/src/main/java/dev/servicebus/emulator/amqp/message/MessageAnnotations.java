package dev.servicebus.emulator.amqp.message;

import java.util.Set;

import dev.servicebus.amqp.type.Symbol;

/**
 * The annotations by which Service Bus and its clients talk about a message.
 */
final class MessageAnnotations {

	static final Symbol SEQUENCE_NUMBER = Symbol.of("x-opt-sequence-number");

	static final Symbol ENQUEUE_SEQUENCE_NUMBER = Symbol.of("x-opt-enqueue-sequence-number");

	static final Symbol ENQUEUED_TIME = Symbol.of("x-opt-enqueued-time");

	static final Symbol LOCKED_UNTIL = Symbol.of("x-opt-locked-until");

	static final Symbol MESSAGE_STATE = Symbol.of("x-opt-message-state");

	static final Symbol SCHEDULED_ENQUEUE_TIME = Symbol.of("x-opt-scheduled-enqueue-time");

	static final Symbol DEAD_LETTER_SOURCE = Symbol.of("x-opt-deadletter-source");

	static final Symbol PARTITION_KEY = Symbol.of("x-opt-partition-key");

	/** A delivery annotation, not a message annotation. */
	static final Symbol LOCK_TOKEN = Symbol.of("x-opt-lock-token");

	private static final Set<Symbol> RESERVED = Set.of(SEQUENCE_NUMBER, ENQUEUE_SEQUENCE_NUMBER, ENQUEUED_TIME,
			LOCKED_UNTIL, MESSAGE_STATE, LOCK_TOKEN, DEAD_LETTER_SOURCE, Symbol.of("x-opt-partition-id"));

	private MessageAnnotations() {
	}

	/**
	 * Whether only the broker may set this annotation.
	 */
	static boolean isReserved(Symbol key) {
		return RESERVED.contains(key);
	}

}
