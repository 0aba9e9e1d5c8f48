package dev.servicebus.emulator.amqp.management;

import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * Sets the state of a session, or clears it.
 */
final class SetSessionState implements ManagementOperation {

	@Override
	public Right right() {
		return Right.LISTEN;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		String sessionId = body.text("session-id");
		entity.heldSession(sessionId).setState(sessionId, body.optionalBinary("session-state"));
		return Response.ok();
	}

}
