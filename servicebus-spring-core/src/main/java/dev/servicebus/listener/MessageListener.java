package dev.servicebus.listener;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Handles the messages of a listener container.
 *
 * <p>
 * Called by as many threads at once as the container's concurrency allows. It may block.
 */
@FunctionalInterface
public interface MessageListener {

	/**
	 * Handles one message. To return is to have handled it, unless
	 * {@link ListenerContext#settleAfter} says otherwise; to throw leaves the decision to
	 * the {@link ErrorHandler}.
	 */
	void onMessage(ServiceBusReceivedMessage message, ListenerContext context) throws Exception;

	/**
	 * Answers a message because an {@link ErrorHandler} or {@link ListenerInterceptor}
	 * wants it, see {@link Outcome#reply(Object)}. Must not block. Listeners that cannot
	 * answer, which is the default, fail with an {@link UnsupportedOperationException}.
	 * @return completes when the broker has the answer
	 */
	default CompletionStage<Void> reply(ServiceBusReceivedMessage message, Object value, ListenerContext context) {
		return CompletableFuture.failedFuture(new UnsupportedOperationException(
				"Listener '" + context.listenerId() + "' cannot answer messages: its listener is " + this));
	}

}
