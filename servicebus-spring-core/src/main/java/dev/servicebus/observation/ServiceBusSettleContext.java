package dev.servicebus.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

import dev.servicebus.client.Disposition;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * What is known about a settlement. It ends when the broker has confirmed it.
 */
public final class ServiceBusSettleContext extends SenderContext<ServiceBusReceivedMessage> {

	private final ObservedEntity entity;

	private final ServiceBusReceivedMessage message;

	private final Disposition disposition;

	public ServiceBusSettleContext(ObservedEntity entity, ServiceBusReceivedMessage message, Disposition disposition) {
		super((carrier, name, value) -> {
		}, Kind.CLIENT);
		this.entity = entity;
		this.message = message;
		this.disposition = disposition;
		setCarrier(message);
		setRemoteServiceName(MessagingKeyValues.SYSTEM);
	}

	/**
	 * Where the message was received.
	 */
	public ObservedEntity entity() {
		return this.entity;
	}

	/**
	 * The message that is settled.
	 */
	public ServiceBusReceivedMessage message() {
		return this.message;
	}

	/**
	 * What becomes of it.
	 */
	public Disposition disposition() {
		return this.disposition;
	}

}
