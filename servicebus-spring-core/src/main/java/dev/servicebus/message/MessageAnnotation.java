package dev.servicebus.message;

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

	static final Symbol DEAD_LETTER_SOURCE = Symbol.of("x-opt-deadletter-source");

	static final Symbol STATE = Symbol.of("x-opt-message-state");

	private MessageAnnotation() {
	}

}
