package dev.servicebus.emulator.amqp.management;

import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * Sets the state of a session, or clears it. An empty state is none: that is how Azure's
 * Go SDK clears it.
 */
final class SetSessionState implements ManagementOperation {

	@Override
	public Right right() {
		return Right.LISTEN;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		String sessionId = body.text("session-id");
		byte[] state = body.optionalBinary("session-state");
		entity.heldSession(sessionId).setState(sessionId, (state != null && state.length > 0) ? state : null);
		return Response.ok();
	}

}
