package dev.servicebus.emulator.amqp.management;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.emulator.amqp.message.MessageWriter;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.store.BrokerMessage;

/**
 * Hands out deferred messages by their sequence numbers, all or none.
 */
final class ReceiveBySequenceNumber implements ManagementOperation {

	private static final UUID NO_TOKEN = new UUID(0, 0);

	@Override
	public Right right() {
		return Right.LISTEN;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		ReceiveMode mode = mode(body.number("receiver-settle-mode"));
		List<BrokerMessage> found = receive(entity, body, mode);
		List<Map<String, Object>> messages = new ArrayList<>(found.size());
		for (BrokerMessage message : found) {
			UUID token = message.lockToken();
			messages.add(Map.of("message", MessageWriter.write(message).toByteArray(), "lock-token",
					(token != null) ? token : NO_TOKEN));
		}
		return Response.ok(Map.of("messages", messages));
	}

	private static List<BrokerMessage> receive(ManagedEntity entity, RequestBody body, ReceiveMode mode) {
		String sessionId = entity.sessionOf(body);
		long[] numbers = body.numbers("sequence-numbers");
		return (sessionId != null) ? entity.heldSession(sessionId).receiveDeferred(sessionId, mode, numbers)
				: entity.source().receiveDeferred(mode, numbers);
	}

	private static ReceiveMode mode(long receiverSettleMode) {
		if (receiverSettleMode == 0) {
			return ReceiveMode.RECEIVE_AND_DELETE;
		}
		if (receiverSettleMode == 1) {
			return ReceiveMode.PEEK_LOCK;
		}
		throw new RefusedException(Failure.ARGUMENT_ERROR, "The field 'receiver-settle-mode' must be 0 or 1.");
	}

}
