package dev.servicebus.listener.invoke;

import java.util.List;
import java.util.Map;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.ListenerContext;

/**
 * A batch on its way into a method.
 *
 * @param elements what the method gets
 * @param context what else the container offers
 */
record HandledBatch(List<Object> elements, BatchContext context) implements ListenerMessage<List<Object>> {

	private static final MessageHeaders NO_HEADERS = new MessageHeaders(Map.of());

	@Override
	public List<ListenerContext> contexts() {
		return this.context.messages();
	}

	@Override
	public List<Object> getPayload() {
		return this.elements;
	}

	@Override
	public MessageHeaders getHeaders() {
		return NO_HEADERS;
	}

	@Override
	public String toString() {
		return "Batch of " + this.elements.size() + " Service Bus messages";
	}

}
