package dev.servicebus.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

/**
 * What is known about a call that receives messages.
 */
public final class ServiceBusReceiveContext extends SenderContext<ObservedEntity> {

	private final ObservedEntity entity;

	private volatile int messageCount;

	ServiceBusReceiveContext(ObservedEntity entity) {
		super((carrier, name, value) -> {
		}, Kind.CLIENT);
		this.entity = entity;
		setCarrier(entity);
		setRemoteServiceName(MessagingKeyValues.SYSTEM);
	}

	/**
	 * Where messages are received.
	 */
	public ObservedEntity entity() {
		return this.entity;
	}

	/**
	 * How many messages were received; 0 until the call ends.
	 */
	public int messageCount() {
		return this.messageCount;
	}

	void received(int count) {
		this.messageCount = count;
	}

}
