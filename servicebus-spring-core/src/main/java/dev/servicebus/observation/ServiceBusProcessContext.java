package dev.servicebus.observation;

import io.micrometer.observation.transport.ReceiverContext;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * What is known about a message that a listener processes. Its carrier is the message; a
 * trace that its sender began goes on.
 */
public final class ServiceBusProcessContext extends ReceiverContext<ServiceBusReceivedMessage> {

	private final ObservedEntity entity;

	private final String listenerId;

	private final ServiceBusReceivedMessage message;

	ServiceBusProcessContext(ObservedEntity entity, String listenerId, ServiceBusReceivedMessage message) {
		super(TraceProperties::read);
		this.entity = entity;
		this.listenerId = listenerId;
		this.message = message;
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
	 * The id of the listener.
	 */
	public String listenerId() {
		return this.listenerId;
	}

	/**
	 * The message that is processed.
	 */
	public ServiceBusReceivedMessage message() {
		return this.message;
	}

}
