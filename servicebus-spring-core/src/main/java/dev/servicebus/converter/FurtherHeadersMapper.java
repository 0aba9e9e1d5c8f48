package dev.servicebus.converter;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Adds headers to those of received messages.
 *
 * @param mapper maps the others
 * @param headers win over those of the message
 */
record FurtherHeadersMapper(HeaderMapper mapper, Map<String, Object> headers) implements HeaderMapper {

	FurtherHeadersMapper {
		headers = Map.copyOf(headers);
	}

	@Override
	public void toMessage(Map<String, ? extends @Nullable Object> sent, ServiceBusMessage.Builder message) {
		this.mapper.toMessage(sent, message);
	}

	@Override
	public Map<String, Object> toHeaders(ServiceBusReceivedMessage message) {
		Map<String, Object> all = new LinkedHashMap<>(this.mapper.toHeaders(message));
		all.putAll(this.headers);
		return all;
	}

}
