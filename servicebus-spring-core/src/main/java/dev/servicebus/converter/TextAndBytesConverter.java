package dev.servicebus.converter;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.util.MimeType;

/**
 * Takes text and bytes as they are, whatever the content type says: a listener that asks
 * for the text of a JSON message gets that text. Thread-safe.
 */
final class TextAndBytesConverter implements SmartMessageConverter {

	private static final String TEXT = "text/plain;charset=utf-8";

	private static final String BYTES = "application/octet-stream";

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass) {
		if (!(message.getPayload() instanceof byte[] body)) {
			return targetClass.isInstance(message.getPayload()) ? message.getPayload() : null;
		}
		if (targetClass == byte[].class) {
			return body;
		}
		return targetClass.isAssignableFrom(String.class) && targetClass != Object.class
				? new String(body, charset(message.getHeaders())) : null;
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass, @Nullable Object conversionHint) {
		return fromMessage(message, targetClass);
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
		if (payload instanceof byte[] body) {
			return message(body, headers, BYTES);
		}
		if (payload instanceof CharSequence text) {
			return message(text.toString().getBytes(StandardCharsets.UTF_8), headers, TEXT);
		}
		return null;
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers,
			@Nullable Object conversionHint) {
		return toMessage(payload, headers);
	}

	/** UTF-8 unless the content type says otherwise, and names one that there is. */
	private static Charset charset(MessageHeaders headers) {
		Object header = headers.get(MessageHeaders.CONTENT_TYPE);
		if (header == null || !header.toString().toLowerCase(Locale.ROOT).contains("charset")) {
			return StandardCharsets.UTF_8;
		}
		MimeType contentType = ContentTypeConverter.contentType(header);
		Charset charset = (contentType != null) ? contentType.getCharset() : null;
		return (charset != null) ? charset : StandardCharsets.UTF_8;
	}

	private static Message<byte[]> message(byte[] body, @Nullable MessageHeaders headers, String contentType) {
		MessageHeaders light = LightHeaders.of((headers != null) ? headers : Map.of());
		MessageHeaderAccessor accessor = MessageHeaderAccessor.getMutableAccessor(new GenericMessage<>(body, light));
		accessor.setHeaderIfAbsent(MessageHeaders.CONTENT_TYPE, contentType);
		return new GenericMessage<>(body, accessor.getMessageHeaders());
	}

}
