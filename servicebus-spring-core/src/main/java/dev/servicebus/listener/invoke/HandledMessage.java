package dev.servicebus.listener.invoke;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

import dev.servicebus.listener.ListenerContext;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A message on its way into a method, with all that its arguments may be made of.
 *
 * @param original the message as it was received
 * @param content the message as Spring sees it
 * @param context what else the container offers
 */
record HandledMessage(ServiceBusReceivedMessage original, Message<byte[]> content,
		ListenerContext context) implements Message<byte[]> {

	@Override
	public byte[] getPayload() {
		return this.content.getPayload();
	}

	@Override
	public MessageHeaders getHeaders() {
		return this.content.getHeaders();
	}

	@Override
	public String toString() {
		return this.content.toString();
	}

}
