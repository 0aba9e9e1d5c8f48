package dev.servicebus.client.admin.atom;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.servicebus.client.rule.CorrelationFilter;
import dev.servicebus.client.rule.RuleAction;
import dev.servicebus.client.rule.RuleFilter;
import org.jspecify.annotations.Nullable;

/**
 * Filters and actions of rules.
 */
final class RuleParts {

	private static final String PARAMETERS = "Parameters";

	private static final String PROPERTIES = "Properties";

	private RuleParts() {
	}

	static XmlElement filter(String name, RuleFilter filter) {
		if (filter instanceof CorrelationFilter correlation) {
			return part(name, "CorrelationFilter", correlation(correlation));
		}
		if (filter instanceof RuleFilter.Sql sql) {
			return part(name, "SqlFilter", sql(sql.expression(), sql.parameters()));
		}
		return (filter instanceof RuleFilter.False) ? part(name, "FalseFilter", sql("1=0", Map.of()))
				: part(name, "TrueFilter", sql("1=1", Map.of()));
	}

	static XmlElement action(String name, @Nullable RuleAction action) {
		return (action != null) ? part(name, "SqlRuleAction", sql(action.expression(), action.parameters()))
				: part(name, "EmptyRuleAction", List.of());
	}

	static RuleFilter filter(XmlElement part) {
		return switch (part.type()) {
			case "SqlFilter" -> new RuleFilter.Sql(expression(part), TypedValues.read(part.child(PARAMETERS)));
			case "TrueFilter" -> RuleFilter.matchAll();
			case "FalseFilter" -> RuleFilter.matchNone();
			case "CorrelationFilter" -> correlation(part);
			default -> throw new MalformedDocumentException("a filter is of the unknown type '" + part.type() + "'");
		};
	}

	static @Nullable RuleAction action(XmlElement part) {
		return switch (part.type()) {
			case "", "EmptyRuleAction" -> null;
			case "SqlRuleAction" -> new RuleAction(expression(part), TypedValues.read(part.child(PARAMETERS)));
			default -> throw new MalformedDocumentException("an action is of the unknown type '" + part.type() + "'");
		};
	}

	private static String expression(XmlElement part) {
		String expression = part.childText("SqlExpression");
		if (expression == null) {
			throw new MalformedDocumentException("a rule has no SqlExpression");
		}
		return expression;
	}

	private static CorrelationFilter correlation(XmlElement part) {
		return new CorrelationFilter(part.childText("CorrelationId"), part.childText("MessageId"), part.childText("To"),
				part.childText("ReplyTo"), part.childText("Label"), part.childText("SessionId"),
				part.childText("ReplyToSessionId"), part.childText("ContentType"),
				TypedValues.read(part.child(PROPERTIES)));
	}

	private static List<XmlElement> correlation(CorrelationFilter filter) {
		List<XmlElement> elements = new ArrayList<>();
		addIfPresent(elements, "CorrelationId", filter.correlationId());
		addIfPresent(elements, "MessageId", filter.messageId());
		addIfPresent(elements, "To", filter.to());
		addIfPresent(elements, "ReplyTo", filter.replyTo());
		addIfPresent(elements, "Label", filter.subject());
		addIfPresent(elements, "SessionId", filter.sessionId());
		addIfPresent(elements, "ReplyToSessionId", filter.replyToSessionId());
		addIfPresent(elements, "ContentType", filter.contentType());
		if (!filter.properties().isEmpty()) {
			elements.add(TypedValues.write(PROPERTIES, filter.properties()));
		}
		return elements;
	}

	private static List<XmlElement> sql(String expression, Map<String, Object> parameters) {
		List<XmlElement> elements = new ArrayList<>();
		addIfPresent(elements, "SqlExpression", expression);
		if (!parameters.isEmpty()) {
			elements.add(TypedValues.write(PARAMETERS, parameters));
		}
		return elements;
	}

	private static void addIfPresent(List<XmlElement> elements, String name, @Nullable String text) {
		if (text != null) {
			elements.add(XmlElement.text(XmlNames.CONNECT, name, text));
		}
	}

	private static XmlElement part(String name, String type, List<XmlElement> children) {
		return XmlElement.of(XmlNames.CONNECT, name, children).withAttribute(XmlNames.TYPE, type);
	}

}
