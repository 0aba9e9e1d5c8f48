package dev.servicebus.message;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import dev.servicebus.amqp.message.MessageBody;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies and ids as bytes or text, whatever AMQP type they came in.
 */
final class BodyContent {

	private BodyContent() {
	}

	/**
	 * The bytes of a body, as a copy.
	 */
	static byte[] bytes(MessageBody body) {
		if (body instanceof MessageBody.Data data) {
			return (data.sections().size() == 1) ? data.bytes().clone() : data.bytes();
		}
		Object value = value(body);
		if (value instanceof byte[] bytes) {
			return bytes.clone();
		}
		if (value instanceof String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		throw notReadable(body);
	}

	/**
	 * The text of a body.
	 */
	static String text(MessageBody body) {
		if (body instanceof MessageBody.Data data) {
			return new String(data.bytes(), StandardCharsets.UTF_8);
		}
		Object value = value(body);
		if (value instanceof String text) {
			return text;
		}
		if (value instanceof byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		throw notReadable(body);
	}

	/**
	 * The text form of a message or correlation id, which may be a string, UUID, number
	 * or binary.
	 */
	static @Nullable String id(@Nullable Object id) {
		if (id == null || id instanceof String) {
			return (String) id;
		}
		return (id instanceof byte[] bytes) ? HexFormat.of().formatHex(bytes) : id.toString();
	}

	private static @Nullable Object value(MessageBody body) {
		return (body instanceof MessageBody.Value value) ? value.value() : null;
	}

	private static IllegalStateException notReadable(MessageBody body) {
		String kind = (body instanceof MessageBody.Sequence) ? "an AMQP sequence"
				: "an AMQP value other than text or bytes";
		return new IllegalStateException("Body is " + kind + "; use body() to read it");
	}

}
