package dev.servicebus.converter;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.support.MessageBuilder;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Adds headers to what somebody else's converter makes of received messages.
 */
final class FurtherHeadersConverter implements ServiceBusMessageConverter {

	private final ServiceBusMessageConverter converter;

	private final Map<String, Object> headers;

	FurtherHeadersConverter(ServiceBusMessageConverter converter, Map<String, Object> headers) {
		this.converter = converter;
		this.headers = Map.copyOf(headers);
	}

	@Override
	public ServiceBusMessage toServiceBusMessage(Object payload, Map<String, ? extends @Nullable Object> headers) {
		return this.converter.toServiceBusMessage(payload, headers);
	}

	@Override
	public Message<byte[]> toMessage(ServiceBusReceivedMessage message) {
		return MessageBuilder.fromMessage(this.converter.toMessage(message)).copyHeaders(this.headers).build();
	}

	@Override
	public <T> T fromServiceBusMessage(ServiceBusReceivedMessage message, Class<T> type) {
		return this.converter.fromServiceBusMessage(message, type);
	}

	@Override
	public MessageConverter payloadConverter() {
		return this.converter.payloadConverter();
	}

	@Override
	public MessageTypes types() {
		return this.converter.types();
	}

}
