package dev.servicebus.client.management;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.client.rule.CorrelationFilter;
import dev.servicebus.client.rule.RuleAction;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import dev.servicebus.message.ApplicationProperties;
import org.jspecify.annotations.Nullable;

/**
 * Adds a rule to a subscription.
 *
 * @param rule the rule; its filter and action have no parameters, since the operation has
 * no place for them
 */
public record AddRule(RuleProperties rule) implements ManagementRequest<Done> {

	private static final String EVERYTHING = "1=1";

	private static final String NOTHING = "1=0";

	public AddRule {
		boolean filterHasParameters = rule.filter() instanceof RuleFilter.Sql sql && !sql.parameters().isEmpty();
		boolean actionHasParameters = rule.action() != null && !rule.action().parameters().isEmpty();
		if (filterHasParameters || actionHasParameters) {
			throw new IllegalArgumentException("rule '" + rule.name()
					+ "' has parameters, which cannot be sent over AMQP; use the administration client for it");
		}
	}

	@Override
	public String operation() {
		return "add-rule";
	}

	@Override
	public Map<String, @Nullable Object> body() {
		Map<String, @Nullable Object> description = new LinkedHashMap<>();
		putFilter(description, this.rule.filter());
		RuleAction action = this.rule.action();
		description.put("sql-rule-action", (action != null) ? expression(action.expression()) : null);
		description.put("rule-name", this.rule.name());
		return Map.of("rule-name", this.rule.name(), "rule-description", description);
	}

	@Override
	public Done result(ManagementResponse response) {
		return Done.DONE;
	}

	private static void putFilter(Map<String, @Nullable Object> description, RuleFilter filter) {
		if (filter instanceof CorrelationFilter correlation) {
			description.put("correlation-filter", correlation(correlation));
		}
		else {
			String expression = (filter instanceof RuleFilter.Sql sql) ? sql.expression()
					: (filter instanceof RuleFilter.False) ? NOTHING : EVERYTHING;
			description.put("sql-filter", expression(expression));
		}
	}

	private static Map<String, @Nullable Object> expression(String expression) {
		return Map.of("expression", expression);
	}

	private static Map<String, @Nullable Object> correlation(CorrelationFilter filter) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		map.put("correlation-id", filter.correlationId());
		map.put("message-id", filter.messageId());
		map.put("to", filter.to());
		map.put("reply-to", filter.replyTo());
		map.put("label", filter.subject());
		map.put("session-id", filter.sessionId());
		map.put("reply-to-session-id", filter.replyToSessionId());
		map.put("content-type", filter.contentType());
		map.put("properties", ApplicationProperties.toAmqp(filter.properties()));
		return map;
	}

}
