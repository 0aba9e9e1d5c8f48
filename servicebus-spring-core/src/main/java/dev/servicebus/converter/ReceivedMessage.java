package dev.servicebus.converter;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A received message as Spring sees it. Thread-safe.
 */
final class ReceivedMessage implements Message<byte[]> {

	private final ServiceBusReceivedMessage source;

	private final MessageHeaders headers;

	private volatile byte @Nullable [] payload;

	ReceivedMessage(ServiceBusReceivedMessage source, Map<String, Object> further) {
		this.source = source;
		this.headers = new ReceivedHeaders(source, further);
	}

	@Override
	public byte[] getPayload() {
		byte[] body = this.payload;
		if (body == null) {
			body = this.source.bodyAsBytes();
			this.payload = body;
		}
		return body;
	}

	@Override
	public MessageHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public String toString() {
		return "Service Bus message " + this.source.sequenceNumber();
	}

}
