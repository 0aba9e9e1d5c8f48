package dev.servicebus.emulator.amqp.management;

import java.time.InstantSource;

import dev.servicebus.emulator.amqp.management.rule.RuleReader;
import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * Adds a rule to a subscription, for the messages that come from then on.
 */
final class AddRule implements ManagementOperation {

	private final InstantSource clock;

	AddRule(InstantSource clock) {
		this.clock = clock;
	}

	@Override
	public Right right() {
		return Right.LISTEN;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		entity.subscription()
			.addRule(RuleReader.read(body.text("rule-name"), body.value("rule-description"), this.clock.instant()));
		return Response.ok();
	}

}
