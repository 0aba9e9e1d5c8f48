package dev.servicebus.emulator.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import dev.servicebus.emulator.rule.CorrelationFilter;
import dev.servicebus.emulator.rule.RuleDefinition;
import dev.servicebus.emulator.rule.RuleException;
import dev.servicebus.emulator.rule.RuleFilter;
import dev.servicebus.emulator.rule.SqlFilter;
import dev.servicebus.emulator.rule.SqlRuleAction;
import dev.servicebus.emulator.rule.SystemProperty;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rules of subscriptions.
 */
final class RuleReader {

	private static final String APPLICATION_PROPERTIES = "Properties";

	private static final Set<String> CORRELATION_FIELDS = Set.of("ContentType", "CorrelationId", "Label", "MessageId",
			"ReplyTo", "ReplyToSessionId", "SessionId", "To", APPLICATION_PROPERTIES);

	private RuleReader() {
	}

	/**
	 * Reads the rules of a subscription, which may have none.
	 */
	static List<RuleDefinition> read(ConfigNode subscription) {
		Names names = Names.ofRules();
		List<RuleDefinition> rules = new ArrayList<>();
		for (ConfigNode rule : subscription.elements("Rules")) {
			rule.checkFields(Set.of("Name", "Properties"));
			String name = names.read(rule);
			ConfigNode properties = rule.require("Properties")
				.checkFields(Set.of("FilterType", "CorrelationFilter", "SqlFilter", "Action"));
			rules.add(new RuleDefinition(name, filter(properties), action(properties.find("Action"))));
		}
		return rules;
	}

	private static RuleFilter filter(ConfigNode properties) {
		ConfigNode type = properties.require("FilterType");
		return switch (type.text()) {
			case "Correlation" -> {
				refuse(properties.find("SqlFilter"), "Correlation");
				yield correlation(properties.require("CorrelationFilter"));
			}
			case "Sql" -> {
				refuse(properties.find("CorrelationFilter"), "Sql");
				ConfigNode sql = properties.require("SqlFilter").checkFields(Set.of("SqlExpression"));
				ConfigNode expression = sql.require("SqlExpression");
				yield valid(expression, () -> SqlFilter.parse(expression.nonBlankText()));
			}
			default ->
				throw type.error("must be 'Correlation' or 'Sql' but is '" + ConfigNode.shortened(type.text()) + "'");
		};
	}

	private static CorrelationFilter correlation(ConfigNode filter) {
		filter.checkFields(CORRELATION_FIELDS);
		Map<SystemProperty, String> systemProperties = new EnumMap<>(SystemProperty.class);
		for (String name : filter.fieldNames()) {
			ConfigNode value = filter.find(name);
			SystemProperty property = SystemProperty.find(name);
			if (value != null && property != null && !value.text().isEmpty()) {
				systemProperties.put(property, value.text());
			}
		}
		Map<String, Object> applicationProperties = applicationProperties(filter.find(APPLICATION_PROPERTIES));
		return valid(filter, () -> new CorrelationFilter(systemProperties, applicationProperties));
	}

	private static Map<String, Object> applicationProperties(@Nullable ConfigNode properties) {
		Map<String, Object> values = new LinkedHashMap<>();
		if (properties != null) {
			for (String name : properties.fieldNames()) {
				ConfigNode value = properties.find(name);
				if (value != null) {
					values.put(name, value.scalar());
				}
			}
		}
		return values;
	}

	private static @Nullable SqlRuleAction action(@Nullable ConfigNode action) {
		ConfigNode expression = (action == null) ? null
				: action.checkFields(Set.of("SqlExpression")).find("SqlExpression");
		return (expression == null || expression.text().isBlank()) ? null
				: valid(expression, () -> SqlRuleAction.parse(expression.text()));
	}

	private static <T> T valid(ConfigNode node, Supplier<T> reader) {
		try {
			return reader.get();
		}
		catch (RuleException ex) {
			throw node.error(String.valueOf(ex.getMessage()));
		}
	}

	private static void refuse(@Nullable ConfigNode otherFilter, String type) {
		if (otherFilter != null) {
			throw otherFilter.error("does not fit the filter type '" + type + "'");
		}
	}

}
