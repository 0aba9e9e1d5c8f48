package dev.servicebus.benchmarks.contender;

import java.util.Map;
import java.util.Objects;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Reads and completes what a source of this project's client brings, on its loop.
 */
final class OwnReceiver implements MessageSource.Listener {

	private final Contender.Reading reading;

	private final Contender.Handler handler;

	private volatile @Nullable MessageSource source;

	OwnReceiver(Contender.Reading reading, Contender.Handler handler) {
		this.reading = reading;
		this.handler = handler;
	}

	/**
	 * Has to be called before anything is demanded.
	 */
	void settleOn(MessageSource newSource) {
		this.source = newSource;
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message) {
		if (this.reading == Contender.Reading.BODY) {
			this.handler.onBody(message.bodyAsBytes());
		}
		else {
			readAll(message);
		}
		Objects.requireNonNull(this.source)
			.settle(message, new Disposition.Complete())
			.whenComplete((nothing, failure) -> {
				if (failure != null) {
					this.handler.failed(failure);
				}
			});
	}

	private void readAll(ServiceBusReceivedMessage message) {
		Map<String, @Nullable Object> properties = message.applicationProperties();
		boolean complete = message.contentType() != null && message.subject() != null && message.correlationId() != null
				&& message.enqueuedTime() != null && message.lockedUntil() != null && message.lockToken() != null
				&& message.sequenceNumber() > 0 && message.deliveryCount() == 0 && message.sessionId() == null
				&& properties.get("express") != null && properties.size() == Sample.PROPERTIES;
		String messageId = message.messageId();
		if (!complete || messageId == null) {
			this.handler.failed(new IllegalStateException("A message has come without its properties: " + message));
			return;
		}
		this.handler.onMessage(messageId, message.bodyAsBytes());
	}

	@Override
	public void onLockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
		this.handler.failed(failure);
	}

	@Override
	public void onFailure(ServiceBusException failure) {
		this.handler.failed(failure);
	}

}
