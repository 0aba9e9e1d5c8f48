package dev.servicebus.client.management;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Removes a rule from a subscription.
 *
 * @param ruleName the name of the rule
 */
public record RemoveRule(String ruleName) implements ManagementRequest<Done> {

	public RemoveRule {
		Objects.requireNonNull(ruleName, "ruleName");
	}

	@Override
	public String operation() {
		return "remove-rule";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		return Map.of("rule-name", this.ruleName);
	}

	@Override
	public Done result(ManagementResponse response) {
		return Done.DONE;
	}

}
