package dev.servicebus.observation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

import dev.servicebus.message.ServiceBusMessage;

/**
 * What is known about messages that are sent. Its carrier takes the application
 * properties by which a trace goes on at the receiver; each of the messages gets them.
 */
public final class ServiceBusSendContext extends SenderContext<Map<String, String>> {

	private final ObservedEntity entity;

	private final List<ServiceBusMessage> messages;

	private final int messageCount;

	ServiceBusSendContext(ObservedEntity entity, List<ServiceBusMessage> messages, int messageCount) {
		super((carrier, name, value) -> {
			if (carrier != null) {
				carrier.put(name, value);
			}
		}, Kind.PRODUCER);
		this.entity = entity;
		this.messages = messages;
		this.messageCount = messageCount;
		setCarrier(new HashMap<>());
		setRemoteServiceName(MessagingKeyValues.SYSTEM);
	}

	/**
	 * Where the messages go.
	 */
	public ObservedEntity entity() {
		return this.entity;
	}

	/**
	 * The messages as the application made them. Empty for a batch that is encoded.
	 */
	public List<ServiceBusMessage> messages() {
		return this.messages;
	}

	/**
	 * How many messages are sent.
	 */
	public int messageCount() {
		return this.messageCount;
	}

}
