package dev.servicebus.observation;

import java.util.List;
import java.util.Objects;

import io.micrometer.observation.transport.ReceiverContext;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * What is known about a batch that a listener processes. Its messages come from many
 * traces, so it goes on with none of them; {@link #links()} tells of them.
 */
public final class ServiceBusBatchProcessContext extends ReceiverContext<List<ServiceBusReceivedMessage>> {

	private final ObservedEntity entity;

	private final String listenerId;

	private final List<ServiceBusReceivedMessage> messages;

	ServiceBusBatchProcessContext(ObservedEntity entity, String listenerId, List<ServiceBusReceivedMessage> messages) {
		super((carrier, key) -> null);
		this.entity = entity;
		this.listenerId = listenerId;
		this.messages = List.copyOf(messages);
		setCarrier(this.messages);
		setRemoteServiceName(MessagingKeyValues.SYSTEM);
	}

	/**
	 * Where the messages were received.
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
	 * The messages that are processed, at least one.
	 */
	public List<ServiceBusReceivedMessage> messages() {
		return this.messages;
	}

	/**
	 * The spans in which the messages were sent, each once.
	 */
	public List<TraceLink> links() {
		return this.messages.stream().map(TraceProperties::link).filter(Objects::nonNull).distinct().toList();
	}

}
