package dev.servicebus.emulator.amqp.management;

import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * Takes scheduled messages back, all or none.
 */
final class CancelScheduledMessages implements ManagementOperation {

	@Override
	public Right right() {
		return Right.SEND;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		entity.target().cancelScheduled(body.numbers("sequence-numbers"));
		return Response.ok();
	}

}
