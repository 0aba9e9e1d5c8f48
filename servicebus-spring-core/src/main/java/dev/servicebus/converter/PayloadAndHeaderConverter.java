package dev.servicebus.converter;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Leaves payloads to Spring's converters and maps the headers.
 */
final class PayloadAndHeaderConverter implements ServiceBusMessageConverter {

	private final MessageConverter payloads;

	private final MessageTypes types;

	private final HeaderMapper headers;

	private final BodyCompression compression;

	private final BodyReader bodies;

	/**
	 * Makes a converter.
	 * @param payloads converts payloads
	 * @param types the types whose names {@code payloads} tells
	 * @param headers maps headers
	 * @param compression compresses and decompresses bodies
	 */
	PayloadAndHeaderConverter(MessageConverter payloads, MessageTypes types, HeaderMapper headers,
			BodyCompression compression) {
		this.payloads = payloads;
		this.types = types;
		this.headers = headers;
		this.compression = compression;
		this.bodies = new BodyReader(new PayloadCodec(payloads, "a body"), compression);
	}

	@Override
	public ServiceBusMessage toServiceBusMessage(Object payload, Map<String, ? extends @Nullable Object> headers) {
		try {
			ServiceBusMessage.Builder message = begin(payload, headers);
			this.headers.toMessage(headers, message);
			return message.build();
		}
		catch (IllegalArgumentException ex) {
			throw new MessageConversionException("Cannot make a message: " + ex.getMessage(), ex);
		}
	}

	@Override
	public Message<byte[]> toMessage(ServiceBusReceivedMessage message) {
		return new ReceivedMessage(message, this.bodies, this.headers);
	}

	@Override
	public <T> T fromServiceBusMessage(ServiceBusReceivedMessage message, Class<T> type) {
		if (type.isInstance(message)) {
			return type.cast(message);
		}
		Object converted = this.payloads.fromMessage(toMessage(message), type);
		if (converted == null) {
			throw new MessageConversionException("No converter makes a " + type.getName() + " of message "
					+ message.sequenceNumber() + " with content type '" + message.contentType() + "'");
		}
		return type.cast(converted);
	}

	@Override
	public MessageConverter payloadConverter() {
		return this.payloads;
	}

	@Override
	public MessageTypes types() {
		return this.types;
	}

	@Override
	public ServiceBusMessageConverter withReceivedHeaders(Map<String, Object> headers) {
		return new PayloadAndHeaderConverter(this.payloads, this.types, new FurtherHeadersMapper(this.headers, headers),
				this.compression);
	}

	private ServiceBusMessage.Builder begin(Object payload, Map<String, ? extends @Nullable Object> headers) {
		if (payload instanceof ServiceBusMessage message) {
			return message.mutate();
		}
		if (payload instanceof Message<?> message) {
			ServiceBusMessage.Builder builder = encode(message.getPayload(), message.getHeaders());
			this.headers.toMessage(message.getHeaders(), builder);
			return builder;
		}
		return encode(payload, headers);
	}

	private ServiceBusMessage.Builder encode(Object payload, Map<String, ? extends @Nullable Object> headers) {
		if (payload instanceof Optional<?> optional) {
			return optional.isPresent() ? encode(optional.get(), headers) : ServiceBusMessage.builder();
		}
		Message<?> encoded = this.payloads.toMessage(payload, LightHeaders.of(headers));
		if (encoded == null) {
			throw new MessageConversionException(
					"No converter takes a payload of type " + payload.getClass().getName());
		}
		ServiceBusMessage.Builder message = ServiceBusMessage.builder()
			.contentType(HeaderValues.text(encoded.getHeaders().get(MessageHeaders.CONTENT_TYPE)));
		this.compression.set(message, bytes(encoded.getPayload()));
		Object type = encoded.getHeaders().get(MessageTypes.PROPERTY);
		return (type != null) ? message.applicationProperty(MessageTypes.PROPERTY, type) : message;
	}

	private static byte[] bytes(Object body) {
		if (body instanceof byte[] bytes) {
			return bytes;
		}
		throw new MessageConversionException(
				"The payload converter must produce bytes but produced a " + body.getClass().getName());
	}

}
