package dev.servicebus.client.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.client.error.VendorCondition;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Looks at messages without locking them, in the order of their sequence numbers; the
 * result may hold fewer than were asked for.
 *
 * @param fromSequenceNumber the first sequence number to look at
 * @param maxMessages the most messages to return, at least 1
 * @param sessionId the only session to look at, {@code null} for all messages
 */
public record PeekMessages(long fromSequenceNumber, int maxMessages,
		@Nullable String sessionId) implements ManagementRequest<List<ServiceBusReceivedMessage>> {

	/**
	 * Looks at all messages.
	 */
	public PeekMessages(long fromSequenceNumber, int maxMessages) {
		this(fromSequenceNumber, maxMessages, null);
	}

	public PeekMessages {
		if (maxMessages < 1) {
			throw new IllegalArgumentException("maxMessages must be at least 1 but is " + maxMessages);
		}
	}

	@Override
	public String operation() {
		return "peek-message";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("from-sequence-number", this.fromSequenceNumber);
		body.put("message-count", this.maxMessages);
		if (this.sessionId != null) {
			body.put("session-id", this.sessionId);
		}
		return body;
	}

	/**
	 * Brokers say in two ways that there is nothing to see: by an answer without content,
	 * and by a failure.
	 */
	@Override
	public List<ServiceBusReceivedMessage> decode(EncodedMessage answer, String entityPath) {
		ManagementResponse response = ManagementResponse.of(answer, operation(), entityPath);
		if (VendorCondition.MESSAGE_NOT_FOUND.equals(response.condition())) {
			return List.of();
		}
		if (!response.isSuccess()) {
			throw response.failure();
		}
		return result(response);
	}

	@Override
	public List<ServiceBusReceivedMessage> result(ManagementResponse response) {
		if (response.isEmpty()) {
			return List.of();
		}
		return response.messages()
			.stream()
			.map((entry) -> ServiceBusReceivedMessage.of(entry.message(), null))
			.toList();
	}

}
