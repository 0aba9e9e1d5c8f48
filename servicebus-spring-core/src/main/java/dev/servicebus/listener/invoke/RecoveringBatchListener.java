package dev.servicebus.listener.invoke;

import java.util.List;

import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.listener.DeadLetterRecoverer;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.Outcome;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A listener of batches with a method for single messages that it has failed with.
 */
final class RecoveringBatchListener implements BatchMessageListener, DeadLetterRecoverer {

	private final BatchMessageListener listener;

	private final DeadLetterRecoverer recoverer;

	RecoveringBatchListener(BatchMessageListener listener, DeadLetterRecoverer recoverer) {
		this.listener = listener;
		this.recoverer = recoverer;
	}

	@Override
	public void onBatch(List<ServiceBusReceivedMessage> messages, BatchContext context) throws Exception {
		this.listener.onBatch(messages, context);
	}

	@Override
	public Outcome recover(ListenerFailure failure, Outcome.DeadLetter outcome, ListenerContext context)
			throws Exception {
		return this.recoverer.recover(failure, outcome, context);
	}

	@Override
	public String toString() {
		return this.listener.toString();
	}

}
