package dev.servicebus.listener.invoke;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Hands messages to a method, and sends what it returns as a reply. The handling ends
 * when the broker has the reply; no thread waits for that, nor for a result that comes
 * later.
 */
final class MethodListener implements MessageListener {

	private final InvocableHandlerMethod method;

	private final ServiceBusMessageConverter converter;

	private final AsyncResults asyncResults;

	private final Replies replies;

	MethodListener(InvocableHandlerMethod method, ServiceBusMessageConverter converter, Replies replies) {
		this.method = method;
		this.converter = converter;
		this.asyncResults = new AsyncResults(method.getReturnType());
		this.replies = replies;
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message, ListenerContext context) throws Exception {
		Object result = this.method
			.invoke(new HandledMessage(message, this.converter.toMessage(message), context, null));
		if (result != null) {
			CompletableFuture<?> end = replied(message, result, context.listenerId()).toCompletableFuture();
			if (!end.isDone() || end.isCompletedExceptionally()) {
				context.settleAfter(end);
			}
		}
	}

	private CompletionStage<?> replied(ServiceBusReceivedMessage request, Object result, String listenerId) {
		CompletionStage<?> pending = this.asyncResults.pending(result);
		return (pending != null) ? pending.thenCompose((value) -> this.replies.reply(request, value, listenerId))
				: this.replies.reply(request, result, listenerId);
	}

	@Override
	public CompletionStage<Void> reply(ServiceBusReceivedMessage message, Object value, ListenerContext context) {
		return this.replies.reply(message, value, context.listenerId());
	}

	@Override
	public String toString() {
		return this.method.getShortLogMessage();
	}

}
