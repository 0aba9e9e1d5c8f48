package dev.servicebus.emulator.amqp.management;

import java.util.Collections;

import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * Tells the state of a session. Without a state the field is there and null.
 */
final class GetSessionState implements ManagementOperation {

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
		return Response
			.ok(Collections.singletonMap("session-state", entity.source().sessions().state(body.text("session-id"))));
	}

}
