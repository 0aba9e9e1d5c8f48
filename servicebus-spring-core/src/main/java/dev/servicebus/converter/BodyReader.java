package dev.servicebus.converter;

import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Reads the bodies of received messages as bytes, of whatever kind they are: an AMQP
 * value or sequence, as clients of other brokers and JMS send them, is shown as what its
 * payload converter makes of it, mostly JSON. Thread-safe.
 */
final class BodyReader {

	private static final byte[] NOTHING = {};

	private final PayloadCodec codec;

	private final BodyCompression compression;

	/**
	 * Makes a reader.
	 * @param codec writes values and sequences
	 */
	BodyReader(PayloadCodec codec, BodyCompression compression) {
		this.codec = codec;
		this.compression = compression;
	}

	byte[] read(ServiceBusReceivedMessage message) {
		if (!message.amqpMessage().data().isEmpty()) {
			return this.compression.get(message, message.bodyAsBytes());
		}
		MessageBody body = message.body();
		if (body instanceof MessageBody.Data) {
			return NOTHING;
		}
		Object content = PlainValues.of(body);
		if (content == null) {
			return NOTHING;
		}
		return (content instanceof byte[] bytes) ? bytes : this.codec.write(content);
	}

}
