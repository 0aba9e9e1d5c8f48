package dev.servicebus.emulator.amqp.management;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.delivery.Settlement;
import org.jspecify.annotations.Nullable;

/**
 * Settles messages by their lock tokens, all or none: for clients whose link is gone, and
 * for messages that did not come over a link. Clients name the session of a message also
 * where sessions mean nothing.
 */
final class UpdateDisposition implements ManagementOperation {

	@Override
	public Right right() {
		return Right.LISTEN;
	}

	@Override
	public TransactionUse inTransaction() {
		return TransactionUse.ENLISTED;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		List<UUID> tokens = body.uuids("lock-tokens");
		Settlement settlement = settlement(body);
		String sessionId = body.optionalText("session-id");
		if (sessionId != null && entity.source().requiresSession()) {
			entity.heldSession(sessionId).checkLocks(sessionId, tokens);
		}
		entity.settle(tokens, settlement);
		return Response.ok();
	}

	private static Settlement settlement(RequestBody body) {
		Map<String, @Nullable Object> properties = body.optionalMap("properties-to-modify");
		String status = body.text("disposition-status");
		return switch (status) {
			case "completed" -> Settlement.complete();
			case "abandoned" -> Settlement.abandon(properties);
			// The first spelling is what clients write.
			case "defered", "deferred" -> Settlement.defer(properties);
			case "suspended" -> Settlement.deadLetter(body.optionalText("deadletter-reason"),
					body.optionalText("deadletter-description"), properties);
			case "released" -> Settlement.release();
			default -> throw new RefusedException(Failure.ARGUMENT_ERROR,
					"The disposition status '" + status + "' is unknown.");
		};
	}

}
