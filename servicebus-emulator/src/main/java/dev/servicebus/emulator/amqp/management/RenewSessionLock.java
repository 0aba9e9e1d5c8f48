package dev.servicebus.emulator.amqp.management;

import java.time.Instant;
import java.util.Map;

import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * Renews the lock of a session.
 */
final class RenewSessionLock implements ManagementOperation {

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
		String sessionId = body.text("session-id");
		long until = entity.heldSession(sessionId).renewLock(sessionId);
		return Response.ok(Map.of("expiration", Instant.ofEpochMilli(until)));
	}

}
