package dev.servicebus.converter;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/**
 * Chooses a converter by the content type of a message, received or to be sent.
 * Thread-safe.
 */
final class ContentTypeConverter implements SmartMessageConverter {

	private final Map<MimeType, MessageConverter> converters;

	private final MessageConverter otherwise;

	/**
	 * Makes a converter.
	 * @param converters by content types, which may have wildcards; the first that fits
	 * counts
	 * @param otherwise for messages without a content type, or of another
	 */
	ContentTypeConverter(Map<MimeType, MessageConverter> converters, MessageConverter otherwise) {
		this.converters = new LinkedHashMap<>(converters);
		this.otherwise = otherwise;
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass) {
		return fromMessage(message, targetClass, null);
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass, @Nullable Object conversionHint) {
		MessageConverter converter = choose(message.getHeaders());
		return (converter instanceof SmartMessageConverter smart)
				? smart.fromMessage(message, targetClass, conversionHint) : converter.fromMessage(message, targetClass);
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
		return toMessage(payload, headers, null);
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers,
			@Nullable Object conversionHint) {
		MessageConverter converter = choose(headers);
		return (converter instanceof SmartMessageConverter smart) ? smart.toMessage(payload, headers, conversionHint)
				: converter.toMessage(payload, headers);
	}

	private MessageConverter choose(@Nullable MessageHeaders headers) {
		Object header = (headers != null) ? headers.get(MessageHeaders.CONTENT_TYPE) : null;
		MimeType contentType = (header != null && !this.converters.isEmpty()) ? contentType(header) : null;
		if (contentType != null) {
			for (Map.Entry<MimeType, MessageConverter> entry : this.converters.entrySet()) {
				if (entry.getKey().includes(contentType)) {
					return entry.getValue();
				}
			}
		}
		return this.otherwise;
	}

	/** Senders name all kinds of things; what is no content type says nothing. */
	static @Nullable MimeType contentType(Object header) {
		if (header instanceof MimeType type) {
			return type;
		}
		try {
			return MimeTypeUtils.parseMimeType(header.toString());
		}
		catch (InvalidMimeTypeException ex) {
			return null;
		}
	}

}
