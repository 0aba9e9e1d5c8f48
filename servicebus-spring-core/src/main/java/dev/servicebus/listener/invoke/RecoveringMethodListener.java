package dev.servicebus.listener.invoke;

import java.util.concurrent.CompletionStage;

import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.listener.DeadLetterRecoverer;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.Outcome;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A listener with a method for the messages that it has failed with.
 */
final class RecoveringMethodListener implements MessageListener, DeadLetterRecoverer {

	private final MessageListener listener;

	private final InvocableHandlerMethod method;

	private final ServiceBusMessageConverter converter;

	private final DeadLetterResult result;

	RecoveringMethodListener(MessageListener listener, InvocableHandlerMethod method,
			ServiceBusMessageConverter converter, DeadLetterResult result) {
		this.listener = listener;
		this.method = method;
		this.converter = converter;
		this.result = result;
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message, ListenerContext context) throws Exception {
		this.listener.onMessage(message, context);
	}

	@Override
	public Outcome recover(ListenerFailure failure, Outcome.DeadLetter outcome, ListenerContext context)
			throws Exception {
		ServiceBusReceivedMessage message = failure.message();
		this.method.invoke(new HandledMessage(message, this.converter.toMessage(message), context, failure.error()));
		return (this.result == DeadLetterResult.COMPLETE) ? Outcome.complete() : outcome;
	}

	@Override
	public CompletionStage<Void> reply(ServiceBusReceivedMessage message, Object value, ListenerContext context) {
		return this.listener.reply(message, value, context);
	}

	@Override
	public String toString() {
		return this.listener.toString();
	}

}
