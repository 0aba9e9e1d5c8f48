package dev.servicebus.converter;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A received message as Spring sees it. Thread-safe.
 */
final class ReceivedMessage implements Message<byte[]> {

	private final ServiceBusReceivedMessage source;

	private final BodyReader bodies;

	private final MessageHeaders headers;

	private volatile byte @Nullable [] payload;

	ReceivedMessage(ServiceBusReceivedMessage source, BodyReader bodies, HeaderMapper mapper) {
		this.source = source;
		this.bodies = bodies;
		this.headers = new ReceivedHeaders(source, mapper);
	}

	@Override
	public byte[] getPayload() {
		byte[] body = this.payload;
		if (body == null) {
			body = this.bodies.read(this.source);
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
