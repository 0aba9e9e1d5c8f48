package dev.servicebus.emulator.amqp.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.message.ByteSlice;
import dev.servicebus.amqp.message.EncodedMessage;

/**
 * Takes what one transfer carries apart into messages.
 */
public final class MessageReader {

	/**
	 * The message format of a transfer whose data sections are messages of their own.
	 */
	public static final int BATCH_FORMAT = 0x80013700;

	private MessageReader() {
	}

	/**
	 * Returns whether a transfer may hold more than one message.
	 */
	public static boolean isBatch(int messageFormat) {
		return messageFormat == BATCH_FORMAT;
	}

	/**
	 * Reads a message.
	 * @param payload the encoded message
	 * @param now the present of the broker
	 * @throws AmqpDecodeException if it is malformed
	 */
	public static WireMessage read(byte[] payload, Instant now) {
		return WireMessage.read(EncodedMessage.of(payload), now);
	}

	/**
	 * Reads a batch. The sections around the data sections only help the service to
	 * choose a partition.
	 * @param payload the encoded batch
	 * @param now the present of the broker
	 * @throws AmqpDecodeException if the batch or a message in it is malformed, or it is
	 * empty
	 */
	public static List<WireMessage> readBatch(byte[] payload, Instant now) {
		List<ByteSlice> slices = EncodedMessage.of(payload).data();
		if (slices.isEmpty()) {
			throw new AmqpDecodeException("A batch must hold at least one data section");
		}
		List<WireMessage> messages = new ArrayList<>(slices.size());
		for (ByteSlice slice : slices) {
			messages.add(WireMessage.read(EncodedMessage.of(slice.array(), slice.offset(), slice.length()), now));
		}
		return messages;
	}

}
