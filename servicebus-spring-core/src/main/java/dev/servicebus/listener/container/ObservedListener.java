package dev.servicebus.listener.container;

import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.observation.ObservedEntity;
import dev.servicebus.observation.QuietObservation;
import dev.servicebus.observation.ServiceBusObservations;

/**
 * Observes each call of a listener.
 */
final class ObservedListener implements MessageListener {

	private final MessageListener listener;

	private final String listenerId;

	private final ObservedEntity entity;

	private final ServiceBusObservations observations;

	ObservedListener(MessageListener listener, ListenerDefinition definition, ServiceBusObservations observations) {
		this.listener = listener;
		this.listenerId = definition.id();
		this.entity = observations.entity(definition.target().toReceiverOptions());
		this.observations = observations;
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message, ListenerContext context) throws Exception {
		Delivery delivery = (Delivery) context;
		QuietObservation observation = this.observations.process(this.entity, this.listenerId, message);
		delivery.observedBy(observation.original());
		new ObservedCall(observation, delivery::result, () -> null)
			.run(() -> this.listener.onMessage(message, delivery));
	}

	@Override
	public String toString() {
		return this.listener.toString();
	}

}
