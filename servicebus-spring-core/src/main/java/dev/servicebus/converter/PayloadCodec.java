package dev.servicebus.converter;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.support.GenericMessage;

/**
 * Reads and writes bytes with a converter of payloads, and fails where that has nothing
 * to say. Immutable and thread-safe.
 */
public final class PayloadCodec {

	private final MessageConverter converter;

	private final String what;

	/**
	 * Makes a codec.
	 * @param what what the bytes are, for messages of failures: {@code a session state}
	 */
	public PayloadCodec(MessageConverter converter, String what) {
		this.converter = Objects.requireNonNull(converter, "converter");
		this.what = Objects.requireNonNull(what, "what");
	}

	/**
	 * Reads bytes that come without headers.
	 * @throws MessageConversionException if they are not a {@code type}
	 */
	public <T> T read(byte[] bytes, Class<T> type) {
		return type.cast(read(new GenericMessage<>(bytes, LightHeaders.of(Map.of())), type, null));
	}

	/**
	 * Reads the body of a message.
	 * @param hint says more about the type, mostly a
	 * {@link org.springframework.core.MethodParameter}; converters that know no hints do
	 * without
	 * @throws MessageConversionException if it is not a {@code type}
	 */
	public Object read(Message<byte[]> message, Class<?> type, @Nullable Object hint) {
		Object payload = (this.converter instanceof SmartMessageConverter smart)
				? smart.fromMessage(message, type, hint) : this.converter.fromMessage(message, type);
		if (payload == null) {
			throw new MessageConversionException(message,
					"No converter makes a " + type.getName() + " of " + this.what);
		}
		return payload;
	}

	/**
	 * Writes an object.
	 * @throws MessageConversionException if there is no way to
	 */
	public byte[] write(Object payload) {
		Message<?> message = this.converter.toMessage(payload, LightHeaders.of(Map.of()));
		if (message != null && message.getPayload() instanceof byte[] bytes) {
			return bytes;
		}
		throw new MessageConversionException(
				"No converter makes " + this.what + " of a " + payload.getClass().getName());
	}

}
