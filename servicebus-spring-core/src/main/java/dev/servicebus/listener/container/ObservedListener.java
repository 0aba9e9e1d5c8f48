package dev.servicebus.listener.container;

import java.util.concurrent.CompletionStage;

import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.observation.ObservedEntity;
import dev.servicebus.observation.QuietObservation;
import dev.servicebus.observation.ServiceBusObservations;

/**
 * Observes each call of a listener, up to the end of the future if there is one. The
 * observation is the current one of the listener's thread.
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
		try (QuietObservation.Scope scope = observation.openScope()) {
			this.listener.onMessage(message, context);
		}
		catch (Throwable ex) {
			observation.stop(ex);
			throw ex;
		}
		CompletionStage<?> result = delivery.result();
		if (result == null) {
			observation.stop(null);
		}
		else {
			result.whenComplete(
					(value, failure) -> observation.stop((failure != null) ? AsyncFailures.unwrap(failure) : null));
		}
	}

	@Override
	public String toString() {
		return this.listener.toString();
	}

}
