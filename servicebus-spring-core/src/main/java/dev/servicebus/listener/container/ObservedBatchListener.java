package dev.servicebus.listener.container;

import java.util.List;

import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchMessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.observation.ObservedEntity;
import dev.servicebus.observation.QuietObservation;
import dev.servicebus.observation.ServiceBusObservations;

/**
 * Observes each call of a listener with a batch. One of which the listener has reported
 * messages as failed has failed with the first of them.
 */
final class ObservedBatchListener implements BatchMessageListener {

	private final BatchMessageListener listener;

	private final String listenerId;

	private final ObservedEntity entity;

	private final ServiceBusObservations observations;

	ObservedBatchListener(BatchMessageListener listener, ListenerDefinition definition,
			ServiceBusObservations observations) {
		this.listener = listener;
		this.listenerId = definition.id();
		this.entity = observations.entity(definition.target().toReceiverOptions());
		this.observations = observations;
	}

	@Override
	public void onBatch(List<ServiceBusReceivedMessage> messages, BatchContext context) throws Exception {
		DeliveryBatch batch = (DeliveryBatch) context;
		QuietObservation observation = this.observations.process(this.entity, this.listenerId, messages);
		batch.observedBy(observation.original());
		new ObservedCall(observation, batch::result, batch::firstError)
			.run(() -> this.listener.onBatch(messages, batch));
	}

	@Override
	public String toString() {
		return this.listener.toString();
	}

}
