package dev.servicebus.listener.container;

import java.util.List;

import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Calls a listener with a batch within a transaction of its own, which ends with the
 * settlement of all messages but those that the listener has reported as failed.
 */
final class TransactionalBatchListener implements BatchMessageListener {

	private final BatchMessageListener listener;

	private final TransactionalCall call;

	TransactionalBatchListener(BatchMessageListener listener, TransactionalCall call) {
		this.listener = listener;
		this.call = call;
	}

	@Override
	public void onBatch(List<ServiceBusReceivedMessage> messages, BatchContext context) throws Exception {
		DeliveryBatch batch = (DeliveryBatch) context;
		try {
			this.call.run(batch.deliveries(), () -> {
				this.listener.onBatch(messages, batch);
				if (batch.result() != null) {
					throw TransactionalCall.notDone();
				}
			}, batch::notFailed);
		}
		catch (Throwable ex) {
			batch.undo();
			throw ex;
		}
	}

	@Override
	public String toString() {
		return this.listener + " in a transaction";
	}

}
