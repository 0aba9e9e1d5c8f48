package dev.servicebus.listener.invoke;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;

import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchListenerFailedException;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Hands batches to a method. A message that does not fit the method fails alone; the
 * method gets the others.
 */
final class BatchMethodListener implements BatchMessageListener {

	private final InvocableHandlerMethod method;

	private final BatchElements elements;

	private final AsyncResults asyncResults;

	/**
	 * Makes a listener.
	 * @throws IllegalArgumentException if the method returns something that is not an end
	 * of its work
	 */
	BatchMethodListener(InvocableHandlerMethod method, BatchElements elements) {
		this.method = method;
		this.elements = elements;
		this.asyncResults = new AsyncResults(method.getReturnType());
		if (!method.isVoid() && !this.asyncResults.isExpected()) {
			throw new IllegalArgumentException(
					"it takes a batch and returns a " + method.getReturnType().getParameterType().getSimpleName()
							+ ", but there is no reply to a batch; return nothing, a CompletableFuture or a Mono");
		}
	}

	@Override
	public void onBatch(List<ServiceBusReceivedMessage> messages, BatchContext context) throws Exception {
		List<Object> converted = new ArrayList<>(messages.size());
		List<Integer> places = new ArrayList<>(messages.size());
		for (int index = 0; index < messages.size(); index++) {
			try {
				converted.add(element(messages.get(index)));
				places.add(index);
			}
			catch (MessageConversionException | MethodArgumentResolutionException ex) {
				context.fail(index, ex);
			}
		}
		if (!converted.isEmpty()) {
			invoke(converted, new PartOfBatch(context, places));
		}
	}

	private Object element(ServiceBusReceivedMessage message) {
		try {
			return this.elements.of(message);
		}
		catch (MessageConversionException | MethodArgumentResolutionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new MessageConversionException("The message does not fit the method: " + ex.getMessage(), ex);
		}
	}

	private void invoke(List<Object> converted, PartOfBatch part) throws Exception {
		Object result;
		try {
			result = this.method.invoke(new HandledBatch(converted, part));
		}
		catch (BatchListenerFailedException ex) {
			throw part.inWhole(ex);
		}
		CompletionStage<?> pending = pending(result);
		if (pending != null) {
			part.settleAfter(pending);
		}
	}

	private @Nullable CompletionStage<?> pending(@Nullable Object result) {
		return (result != null) ? this.asyncResults.pending(result) : null;
	}

	@Override
	public String toString() {
		return this.method.getShortLogMessage();
	}

}
