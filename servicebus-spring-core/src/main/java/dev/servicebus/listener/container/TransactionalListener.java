package dev.servicebus.listener.container;

import java.util.List;

import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Calls a listener within a transaction of its own, which ends with the settlement of the
 * message.
 */
final class TransactionalListener implements MessageListener {

	private final MessageListener listener;

	private final TransactionalCall call;

	TransactionalListener(MessageListener listener, TransactionalCall call) {
		this.listener = listener;
		this.call = call;
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message, ListenerContext context) throws Exception {
		Delivery delivery = (Delivery) context;
		List<Delivery> deliveries = List.of(delivery);
		this.call.run(deliveries, () -> {
			this.listener.onMessage(message, delivery);
			if (delivery.result() != null) {
				throw TransactionalCall.notDone();
			}
		}, () -> deliveries);
	}

	@Override
	public String toString() {
		return this.listener + " in a transaction";
	}

}
