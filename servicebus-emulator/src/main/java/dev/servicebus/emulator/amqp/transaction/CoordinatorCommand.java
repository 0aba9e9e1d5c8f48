package dev.servicebus.emulator.amqp.transaction;

import java.util.List;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;

/**
 * What a client asks of a coordinator (AMQP 1.0 section 4.5). Immutable.
 */
sealed interface CoordinatorCommand {

	/**
	 * Reads a command.
	 * @throws AmqpDecodeException if the message is none
	 */
	static CoordinatorCommand read(byte[] payload) {
		if (!(EncodedMessage.of(payload).body() instanceof MessageBody.Value body)
				|| !(body.value() instanceof DescribedValue described)
				|| !(described.value() instanceof List<?> fields)) {
			throw new AmqpDecodeException("the body must be a declare or a discharge");
		}
		if (Declare.CODE.equals(described.descriptor()) || Declare.NAME.equals(described.descriptor())) {
			return new Declare();
		}
		if (Discharge.CODE.equals(described.descriptor()) || Discharge.NAME.equals(described.descriptor())) {
			return Discharge.read(fields);
		}
		throw new AmqpDecodeException("a coordinator does not know " + described.descriptor());
	}

	/**
	 * Begins a transaction.
	 */
	record Declare() implements CoordinatorCommand {

		private static final UnsignedLong CODE = UnsignedLong.of(0x31);

		private static final Symbol NAME = Symbol.of("amqp:declare:list");

	}

	/**
	 * Ends a transaction.
	 *
	 * @param transactionId the transaction
	 * @param fail whether to give its work up
	 */
	record Discharge(byte[] transactionId, boolean fail) implements CoordinatorCommand {

		private static final UnsignedLong CODE = UnsignedLong.of(0x32);

		private static final Symbol NAME = Symbol.of("amqp:discharge:list");

		private static Discharge read(List<?> fields) {
			if (fields.isEmpty() || !(fields.get(0) instanceof byte[] id)) {
				throw new AmqpDecodeException("a discharge must name its transaction");
			}
			return new Discharge(id, fields.size() > 1 && Boolean.TRUE.equals(fields.get(1)));
		}

	}

}
