package dev.servicebus.listener.invoke;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;

import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.SessionContext;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A message on its way into a method, with all that its arguments may be made of.
 *
 * @param original the message as it was received
 * @param content the message as Spring sees it
 * @param context what else the container offers
 * @param error what the listener has failed with, {@code null} if it is called now
 */
record HandledMessage(ServiceBusReceivedMessage original, Message<byte[]> content, ListenerContext context,
		@Nullable Throwable error) implements ListenerMessage<byte[]> {

	/**
	 * The session of a message on its way into a method.
	 * @throws MessageConversionException if it has none
	 */
	static SessionContext sessionOf(Message<?> message) {
		ListenerContext context = (message instanceof HandledBatch batch) ? batch.context().messages().get(0)
				: ((HandledMessage) message).context;
		SessionContext session = context.session();
		if (session == null) {
			throw new MessageConversionException("The method asks for a session, but its listener does not take any");
		}
		return session;
	}

	@Override
	public List<ListenerContext> contexts() {
		return List.of(this.context);
	}

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
