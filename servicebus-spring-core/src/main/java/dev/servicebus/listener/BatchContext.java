package dev.servicebus.listener;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a listener may know about, and do with, the messages of its batch. Thread-safe.
 */
public interface BatchContext {

	/**
	 * What there is to know about each message, in the order of the batch.
	 */
	List<ListenerContext> messages();

	/**
	 * Says that one message could not be handled. The error handler decides about it when
	 * the batch has ended; the others are not affected.
	 * @param index the place of the message in the batch, from 0
	 */
	void fail(int index, Throwable error);

	/**
	 * Settles the messages, if the listener wants to do so itself.
	 */
	default BatchSettlement settlement() {
		return new BatchSettlement(messages().stream().map(ListenerContext::settlement).toList());
	}

	/**
	 * Takes the end of {@code result}, not the return of the listener, for the end of the
	 * batch.
	 * @see ListenerContext#settleAfter
	 */
	void settleAfter(CompletionStage<?> result);

}
