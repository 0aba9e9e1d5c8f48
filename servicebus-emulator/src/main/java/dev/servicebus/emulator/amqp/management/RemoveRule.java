package dev.servicebus.emulator.amqp.management;

import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * Removes a rule from a subscription.
 */
final class RemoveRule implements ManagementOperation {

	@Override
	public Right right() {
		return Right.LISTEN;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		entity.subscription().removeRule(body.text("rule-name"));
		return Response.ok();
	}

}
