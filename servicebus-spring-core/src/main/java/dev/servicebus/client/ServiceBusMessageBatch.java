package dev.servicebus.client;

import java.util.Objects;

import dev.servicebus.message.MessageBatchEncoder;
import dev.servicebus.message.ServiceBusMessage;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are sent together: all of them or none. Fill it while there is room, then
 * send it. Not thread-safe.
 */
public final class ServiceBusMessageBatch {

	private final @Nullable String entityPath;

	private final MessageBatchEncoder encoder;

	/**
	 * An empty batch; programs ask a sender for one, which knows the limit.
	 * @param entityPath the queue or topic it is for
	 * @param encoder packs the messages
	 */
	public ServiceBusMessageBatch(@Nullable String entityPath, MessageBatchEncoder encoder) {
		this.entityPath = entityPath;
		this.encoder = Objects.requireNonNull(encoder, "encoder");
	}

	/**
	 * Adds a message if there is room for it.
	 * @return whether it was added; otherwise the batch is as it was
	 */
	public boolean tryAdd(ServiceBusMessage message) {
		return this.encoder.tryAdd(message);
	}

	/**
	 * Adds a message.
	 * @throws MessageSizeExceededException if there is no room for it; the batch is as it
	 * was
	 */
	public void add(ServiceBusMessage message) {
		if (!tryAdd(message)) {
			throw new MessageSizeExceededException(ErrorContext.of("add to batch", this.entityPath)
				.withDescription("the message does not fit: the batch has " + count() + " messages and " + sizeInBytes()
						+ " of " + maxSizeInBytes() + " bytes; send it and begin another one"));
		}
	}

	/**
	 * How many messages were added.
	 */
	public int count() {
		return this.encoder.count();
	}

	/**
	 * The exact size of the batch on the wire, 0 while it is empty.
	 */
	public int sizeInBytes() {
		return this.encoder.size();
	}

	/**
	 * The most bytes that the batch may have.
	 */
	public int maxSizeInBytes() {
		return this.encoder.maxSize();
	}

	/**
	 * The payload of the transfer, to be sent with
	 * {@link MessageBatchEncoder#MESSAGE_FORMAT}. Meant for senders.
	 */
	public byte[] encode() {
		return this.encoder.encode();
	}

}
