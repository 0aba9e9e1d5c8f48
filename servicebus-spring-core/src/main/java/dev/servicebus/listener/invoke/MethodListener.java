package dev.servicebus.listener.invoke;

import java.util.concurrent.CompletionStage;

import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Hands messages to a method. A {@link CompletionStage} that the method returns is the
 * end of the handling.
 */
final class MethodListener implements MessageListener {

	private final InvocableHandlerMethod method;

	private final ServiceBusMessageConverter converter;

	MethodListener(InvocableHandlerMethod method, ServiceBusMessageConverter converter) {
		this.method = method;
		this.converter = converter;
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message, ListenerContext context) throws Exception {
		Object result = this.method
			.invoke(new HandledMessage(message, this.converter.toMessage(message), context, null));
		if (result instanceof CompletionStage<?> stage) {
			context.settleAfter(stage);
		}
	}

	@Override
	public String toString() {
		return this.method.getShortLogMessage();
	}

}
