package dev.servicebus.listener.container;

import java.util.concurrent.CompletionStage;

import io.micrometer.observation.Observation;

import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.observation.ObservedEntity;
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
		Observation observation = this.observations.process(this.entity, this.listenerId, message);
		delivery.observedBy(observation);
		CompletionStage<?> result = null;
		try (Observation.Scope scope = observation.openScope()) {
			this.listener.onMessage(message, context);
			result = delivery.result();
		}
		catch (Throwable ex) {
			observation.error(ex);
			throw ex;
		}
		finally {
			if (result == null) {
				observation.stop();
			}
		}
		if (result != null) {
			result.whenComplete((value, failure) -> {
				if (failure != null) {
					observation.error(AsyncFailures.unwrap(failure));
				}
				observation.stop();
			});
		}
	}

	@Override
	public String toString() {
		return this.listener.toString();
	}

}
