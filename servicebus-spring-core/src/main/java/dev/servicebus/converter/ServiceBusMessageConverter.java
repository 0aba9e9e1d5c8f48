package dev.servicebus.converter;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.SmartMessageConverter;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Converts between the objects of an application and messages of Service Bus.
 * Thread-safe.
 */
public interface ServiceBusMessageConverter {

	/**
	 * Makes a message to be sent.
	 * @param payload the object to convert; a Spring {@code Message} contributes its
	 * headers, a {@link ServiceBusMessage} is kept as it is but for {@code headers}, and
	 * an empty {@code Optional} has no body
	 * @param headers headers to set, by the names of {@link ServiceBusHeaders} or as
	 * application properties; they win over what the payload brings
	 * @throws MessageConversionException if the payload or a header cannot be converted
	 */
	ServiceBusMessage toServiceBusMessage(Object payload, Map<String, ? extends @Nullable Object> headers);

	/**
	 * Shows a received message as a Spring message with its body as bytes, decompressed
	 * if it was compressed with gzip; an AMQP value or sequence is shown as what the
	 * payload converter makes of it. Body and headers are read when they are asked for.
	 */
	Message<byte[]> toMessage(ServiceBusReceivedMessage message);

	/**
	 * Converts the body of a received message.
	 * @throws MessageConversionException if it is not a {@code type}
	 */
	<T> T fromServiceBusMessage(ServiceBusReceivedMessage message, Class<T> type);

	/**
	 * What converts the payloads.
	 */
	MessageConverter payloadConverter();

	/**
	 * The types whose logical names messages tell, and are understood in messages; by
	 * default none.
	 */
	default MessageTypes types() {
		return MessageTypes.NONE;
	}

	/**
	 * A converter that does the same, and shows received messages with further headers.
	 * @param headers the headers, which win over those of the message
	 */
	default ServiceBusMessageConverter withReceivedHeaders(Map<String, Object> headers) {
		return new FurtherHeadersConverter(this, headers);
	}

	/**
	 * Begins a converter.
	 */
	static ServiceBusMessageConverterBuilder builder() {
		return new ServiceBusMessageConverterBuilder();
	}

	/**
	 * Converts payloads with the given converter, after text and bytes, which are taken
	 * as they are.
	 * @see JsonPayloads#converter
	 */
	static ServiceBusMessageConverter of(MessageConverter payloadConverter) {
		return builder().payloads(payloadConverter).build();
	}

	/**
	 * Like {@link #of(MessageConverter)}, and messages tell the names of their payloads'
	 * types. A receiver that asks for an interface or an abstract class gets the type
	 * that the message names, if it is one of {@code types}.
	 */
	static ServiceBusMessageConverter of(SmartMessageConverter payloadConverter, MessageTypes types) {
		return builder().payloads(payloadConverter).types(types).build();
	}

	/**
	 * Converts nothing but text and bytes.
	 */
	static ServiceBusMessageConverter simple() {
		return builder().build();
	}

}
