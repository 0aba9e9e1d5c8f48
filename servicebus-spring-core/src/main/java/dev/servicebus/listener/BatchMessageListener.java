package dev.servicebus.listener;

import java.util.List;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Handles messages in batches, as {@link ListenerOptions#batch()} says. Thread-safe if
 * the container's concurrency is above one.
 */
@FunctionalInterface
public interface BatchMessageListener extends MessageListener {

	/**
	 * Handles messages.
	 * <p>
	 * They all count as handled when this method returns, or when the stage ends that was
	 * given to {@link BatchContext#settleAfter}. With a
	 * {@link BatchListenerFailedException} they do up to the message that it names; that
	 * one has failed; those after it were not begun with, and come again without the
	 * attempt being counted. With anything else that is thrown, each of them has failed.
	 * Messages for which {@link BatchContext#fail} was called have failed in any case.
	 * @param messages the messages in the order of their arrival, never none
	 */
	void onBatch(List<ServiceBusReceivedMessage> messages, BatchContext context) throws Exception;

	/**
	 * Handles one message as a batch of its own.
	 */
	@Override
	default void onMessage(ServiceBusReceivedMessage message, ListenerContext context) throws Exception {
		SingleMessageBatch batch = new SingleMessageBatch(context);
		try {
			onBatch(List.of(message), batch);
		}
		catch (BatchListenerFailedException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
		batch.throwIfFailed();
	}

}
