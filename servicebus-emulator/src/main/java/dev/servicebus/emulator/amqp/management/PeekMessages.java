package dev.servicebus.emulator.amqp.management;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.servicebus.emulator.amqp.message.MessageWriter;
import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.store.BrokerMessage;

/**
 * Shows messages of every state without touching them.
 */
final class PeekMessages implements ManagementOperation {

	/** As the service does, fewer messages than asked for are returned beyond this. */
	private static final int MAX_BYTES = 256 * 1024;

	private static final int MAX_MESSAGES = 1000;

	@Override
	public Right right() {
		return Right.LISTEN;
	}

	@Override
	public TransactionUse inTransaction() {
		return TransactionUse.INDEPENDENT;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		int count = Math.min(body.positive("message-count"), MAX_MESSAGES);
		boolean omitBody = body.flag("omit-message-body");
		List<BrokerMessage> found = peek(entity, body, count);
		List<Map<String, Object>> messages = new ArrayList<>(found.size());
		int size = 0;
		for (BrokerMessage message : found) {
			byte[] encoded = (omitBody ? MessageWriter.writeWithoutBody(message) : MessageWriter.write(message))
				.toByteArray();
			size += encoded.length;
			if (size > MAX_BYTES && !messages.isEmpty()) {
				break;
			}
			messages.add(Map.of("message", encoded));
		}
		return messages.isEmpty() ? Response.noContent() : Response.ok(Map.of("messages", messages));
	}

	private static List<BrokerMessage> peek(ManagedEntity entity, RequestBody body, int count) {
		String sessionId = body.optionalText("session-id");
		long from = body.number("from-sequence-number");
		return (sessionId != null) ? entity.source().sessions().peek(sessionId, from, count)
				: entity.browsable().peek(from, count);
	}

}
