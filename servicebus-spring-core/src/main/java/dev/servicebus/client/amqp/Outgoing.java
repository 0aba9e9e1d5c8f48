package dev.servicebus.client.amqp;

import java.util.List;

import dev.servicebus.amqp.message.ByteSlice;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.ServiceBusMessageBatch;
import dev.servicebus.message.MessageBatchEncoder;
import dev.servicebus.message.MessageEncoder;
import dev.servicebus.message.MessageIds;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Turns messages into payloads, on the caller's thread. Immutable and thread-safe.
 *
 * @param encoder turns messages into bytes
 * @param ids names messages without an id
 * @param budget bounds what is under way
 */
record Outgoing(MessageEncoder encoder, MessageIds ids, SendBudget budget) {

	private static final int PLAIN_FORMAT = 0;

	Payload encode(ServiceBusMessage message) {
		return new Payload(PLAIN_FORMAT, this.encoder.encodeToSlice(this.ids.identify(message)));
	}

	/**
	 * Packs the messages without a limit: the broker's is known when the link is there.
	 */
	Payload encode(List<ServiceBusMessage> messages, ErrorContext where) {
		MessageBatchEncoder batch = newBatch(Integer.MAX_VALUE);
		for (ServiceBusMessage message : messages) {
			if (!batch.tryAdd(message)) {
				throw new MessageSizeExceededException(
						where.withDescription("the batch has more than " + Integer.MAX_VALUE + " bytes"));
			}
		}
		return payload(batch.count(), batch.encode());
	}

	Payload encode(ServiceBusMessageBatch batch) {
		return payload(batch.count(), batch.encode());
	}

	MessageBatchEncoder newBatch(int maxSize) {
		return new MessageBatchEncoder(maxSize, this.encoder, this.ids);
	}

	private static Payload payload(int count, byte[] encoded) {
		if (count == 0) {
			throw new IllegalArgumentException("There is no message to send");
		}
		return new Payload(MessageBatchEncoder.MESSAGE_FORMAT, new ByteSlice(encoded, 0, encoded.length));
	}

	/**
	 * What one transfer carries.
	 *
	 * @param messageFormat a plain message or a batch
	 * @param bytes the encoded whole
	 */
	record Payload(int messageFormat, ByteSlice bytes) {

		int length() {
			return this.bytes.length();
		}

		/**
		 * The memory that it takes, which may be more than what is sent.
		 */
		int capacity() {
			return this.bytes.array().length;
		}

	}

}
