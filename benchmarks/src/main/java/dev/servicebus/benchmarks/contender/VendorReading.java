package dev.servicebus.benchmarks.contender;

import java.util.Map;

import com.azure.messaging.servicebus.ServiceBusReceivedMessage;

/**
 * Reads messages of Microsoft's client.
 *
 * @param reading what is read
 * @param handler takes it
 */
record VendorReading(Contender.Reading reading, Contender.Handler handler) {

	void onMessage(ServiceBusReceivedMessage message) {
		if (this.reading == Contender.Reading.BODY) {
			this.handler.onBody(message.getBody().toBytes());
		}
		else {
			readAll(message);
		}
	}

	private void readAll(ServiceBusReceivedMessage message) {
		Map<String, Object> properties = message.getApplicationProperties();
		boolean complete = message.getContentType() != null && message.getSubject() != null
				&& message.getCorrelationId() != null && message.getEnqueuedTime() != null
				&& message.getLockedUntil() != null && message.getLockToken() != null && message.getSequenceNumber() > 0
				&& message.getDeliveryCount() == 0 && message.getSessionId() == null
				&& properties.get("express") != null && properties.size() == Sample.PROPERTIES;
		if (!complete) {
			this.handler.failed(new IllegalStateException("A message has come without its properties: " + message));
			return;
		}
		this.handler.onMessage(message.getMessageId(), message.getBody().toBytes());
	}

}
