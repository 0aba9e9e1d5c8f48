package dev.servicebus.client.management;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.management.ManagementResponse.MessageEntry;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Receives deferred messages by their sequence numbers: all of them or none.
 *
 * @param sequenceNumbers the messages, at least one
 * @param receiveMode whether they are locked or deleted
 * @param sessionId the session that they belong to, {@code null} if it is none
 */
public record ReceiveDeferredMessages(List<Long> sequenceNumbers, ReceiveMode receiveMode,
		@Nullable String sessionId) implements ManagementRequest<List<ServiceBusReceivedMessage>> {

	private static final Symbol LOCK_TOKEN = Symbol.of("x-opt-lock-token");

	/**
	 * Receives messages that belong to no session.
	 */
	public ReceiveDeferredMessages(List<Long> sequenceNumbers, ReceiveMode receiveMode) {
		this(sequenceNumbers, receiveMode, null);
	}

	public ReceiveDeferredMessages {
		sequenceNumbers = Arguments.notEmpty("sequenceNumbers", sequenceNumbers);
	}

	@Override
	public String operation() {
		return "receive-by-sequence-number";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		int settleMode = (this.receiveMode == ReceiveMode.PEEK_LOCK) ? 1 : 0;
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("sequence-numbers", this.sequenceNumbers.toArray(Long[]::new));
		body.put("receiver-settle-mode", UnsignedInteger.of(settleMode));
		if (this.sessionId != null) {
			body.put("session-id", this.sessionId);
		}
		return body;
	}

	@Override
	public List<ServiceBusReceivedMessage> result(ManagementResponse response) {
		return response.messages()
			.stream()
			.map((entry) -> ServiceBusReceivedMessage.of(entry.message(), lockToken(entry, response)))
			.toList();
	}

	private @Nullable UUID lockToken(MessageEntry entry, ManagementResponse response) {
		if (this.receiveMode == ReceiveMode.RECEIVE_AND_DELETE) {
			return null;
		}
		Object lockToken = (entry.lockToken() != null) ? entry.lockToken()
				: entry.message().deliveryAnnotation(LOCK_TOKEN);
		if (lockToken instanceof UUID uuid) {
			return uuid;
		}
		throw response.malformed("a message in it has no lock token");
	}

}
