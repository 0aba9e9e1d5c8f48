package dev.servicebus.client.management;

import java.util.List;
import java.util.Map;

import dev.servicebus.client.rule.RuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * Lists rules of a subscription.
 *
 * @param skip how many rules to leave out, not negative
 * @param top the most rules to return, at least 1
 */
public record EnumerateRules(int skip, int top) implements ManagementRequest<List<RuleProperties>> {

	public EnumerateRules {
		Arguments.page(skip, top);
	}

	@Override
	public String operation() {
		return "enumerate-rules";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		return Map.of("top", this.top, "skip", this.skip);
	}

	@Override
	public List<RuleProperties> result(ManagementResponse response) {
		if (response.isEmpty()) {
			return List.of();
		}
		DescribedRule reader = new DescribedRule(response);
		return response.elements("rules", Map.class)
			.stream()
			.map((entry) -> reader.read(entry.get("rule-description")))
			.toList();
	}

}
