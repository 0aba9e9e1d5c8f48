package dev.servicebus.client.management;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.client.error.VendorCondition;
import org.jspecify.annotations.Nullable;

/**
 * Deletes messages that are not locked, the oldest first; section 6.13 of the protocol.
 *
 * @param maxMessages the most messages to delete, at least 1
 * @param enqueuedBefore only messages that were enqueued before
 * @param sessionId the only session to delete from, {@code null} for all messages
 */
public record DeleteMessages(int maxMessages, Instant enqueuedBefore,
		@Nullable String sessionId) implements ManagementRequest<Integer> {

	private static final String COUNT = "message-count";

	public DeleteMessages {
		if (maxMessages < 1) {
			throw new IllegalArgumentException("maxMessages must be at least 1 but is " + maxMessages);
		}
	}

	@Override
	public String operation() {
		return "batch-delete-messages";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put(COUNT, this.maxMessages);
		body.put("enqueued-time-utc", this.enqueuedBefore);
		if (this.sessionId != null) {
			body.put("session-id", this.sessionId);
		}
		return body;
	}

	/**
	 * Brokers say in two ways that there is nothing to delete: by an answer without
	 * content, and by a failure.
	 */
	@Override
	public Integer decode(EncodedMessage answer, String entityPath) {
		ManagementResponse response = ManagementResponse.of(answer, operation(), entityPath);
		if (!response.isSuccess() && !VendorCondition.MESSAGE_NOT_FOUND.equals(response.condition())) {
			throw response.failure();
		}
		return result(response);
	}

	@Override
	public Integer result(ManagementResponse response) {
		Number deleted = response.optionalElement(COUNT, Number.class);
		return (deleted != null) ? deleted.intValue() : 0;
	}

}
