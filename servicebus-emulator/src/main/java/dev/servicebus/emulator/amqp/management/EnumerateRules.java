package dev.servicebus.emulator.amqp.management;

import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.emulator.amqp.management.rule.RuleWriter;
import dev.servicebus.emulator.amqp.request.Response;
import dev.servicebus.emulator.auth.Right;

/**
 * Lists the rules of a subscription page by page.
 */
final class EnumerateRules implements ManagementOperation {

	@Override
	public Right right() {
		return Right.LISTEN;
	}

	@Override
	public Response perform(ManagedEntity entity, RequestBody body) {
		List<Map<String, DescribedValue>> rules = entity.subscription()
			.rules()
			.stream()
			.skip(body.count("skip"))
			.limit(body.count("top"))
			.map((rule) -> Map.of("rule-description", RuleWriter.write(rule)))
			.toList();
		return rules.isEmpty() ? Response.noContent() : Response.ok(Map.of("rules", rules));
	}

}
