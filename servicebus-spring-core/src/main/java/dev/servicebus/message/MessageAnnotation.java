package dev.servicebus.message;

import java.util.Set;

import dev.servicebus.amqp.type.Symbol;

/**
 * The annotations that Service Bus reads and writes.
 */
final class MessageAnnotation {

	static final Symbol SEQUENCE_NUMBER = Symbol.of("x-opt-sequence-number");

	static final Symbol ENQUEUED_SEQUENCE_NUMBER = Symbol.of("x-opt-enqueue-sequence-number");

	static final Symbol ENQUEUED_TIME = Symbol.of("x-opt-enqueued-time");

	static final Symbol LOCKED_UNTIL = Symbol.of("x-opt-locked-until");

	static final Symbol SCHEDULED_ENQUEUE_TIME = Symbol.of("x-opt-scheduled-enqueue-time");

	static final Symbol PARTITION_KEY = Symbol.of("x-opt-partition-key");

	static final Symbol TRANSACTION_PARTITION_KEY = Symbol.of("x-opt-via-partition-key");

	static final Symbol DEAD_LETTER_SOURCE = Symbol.of("x-opt-deadletter-source");

	static final Symbol STATE = Symbol.of("x-opt-message-state");

	private static final Set<Symbol> RESERVED = Set.of(SEQUENCE_NUMBER, ENQUEUED_SEQUENCE_NUMBER, ENQUEUED_TIME,
			LOCKED_UNTIL, SCHEDULED_ENQUEUE_TIME, PARTITION_KEY, TRANSACTION_PARTITION_KEY, DEAD_LETTER_SOURCE, STATE,
			Symbol.of("x-opt-partition-id"), Symbol.of("x-opt-publisher"), Symbol.of("x-opt-lock-token"),
			Symbol.of("x-opt-offset"));

	private MessageAnnotation() {
	}

	/**
	 * Refuses the names of annotations that the service writes, or that have a property.
	 */
	static void requireFree(Symbol name) {
		if (RESERVED.contains(name)) {
			throw new IllegalArgumentException("annotation '" + name + "' is one of Service Bus itself; it is set by "
					+ "the broker, or by a property of the message");
		}
	}

}
