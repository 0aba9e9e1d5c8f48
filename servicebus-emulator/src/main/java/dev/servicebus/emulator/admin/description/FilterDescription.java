package dev.servicebus.emulator.admin.description;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.atom.XmlWriter;
import dev.servicebus.emulator.rule.CorrelationFilter;
import dev.servicebus.emulator.rule.FalseFilter;
import dev.servicebus.emulator.rule.RuleFilter;
import dev.servicebus.emulator.rule.SqlFilter;
import dev.servicebus.emulator.rule.SystemProperty;
import dev.servicebus.emulator.rule.TrueFilter;
import org.jspecify.annotations.Nullable;

/**
 * The filter in the description of a rule.
 */
final class FilterDescription {

	/** The elements of a correlation filter, in their order. */
	private static final Map<String, SystemProperty> CONDITIONS = conditions();

	private static final String PROPERTIES = "Properties";

	private FilterDescription() {
	}

	static RuleFilter read(@Nullable XmlElement element) {
		if (element == null) {
			return new TrueFilter();
		}
		return switch (type(element)) {
			case "TrueFilter" -> new TrueFilter();
			case "FalseFilter" -> new FalseFilter();
			case "SqlFilter" -> sql(element);
			case "CorrelationFilter" -> correlation(element);
			default ->
				throw Values.invalid("There is no filter of the type '" + Values.abbreviate(type(element)) + "'.");
		};
	}

	/**
	 * Writes a filter. Some clients only look at whether there is an expression.
	 */
	static void write(RuleFilter filter, XmlWriter xml) {
		xml.start("Filter");
		if (filter instanceof CorrelationFilter correlation) {
			xml.type("CorrelationFilter");
			CONDITIONS.forEach((name, property) -> xml.element(name, correlation.systemProperties().get(property)));
			SqlDescription.writeKeyValues(PROPERTIES, correlation.userProperties(), xml);
		}
		else if (filter instanceof SqlFilter sql) {
			xml.type("SqlFilter");
			SqlDescription.write(sql.expression(), sql.parameters(), xml);
		}
		else {
			boolean all = filter instanceof TrueFilter;
			xml.type(all ? "TrueFilter" : "FalseFilter");
			SqlDescription.write(all ? "1=1" : "1=0", Map.of(), xml);
		}
		xml.end();
	}

	private static String type(XmlElement element) {
		String type = element.type();
		if (type != null) {
			return type;
		}
		return (element.child(SqlDescription.EXPRESSION) != null) ? "SqlFilter" : "CorrelationFilter";
	}

	private static RuleFilter sql(XmlElement element) {
		String expression = element.childText(SqlDescription.EXPRESSION);
		if (expression == null) {
			throw Values.invalid("An SQL filter needs the element " + SqlDescription.EXPRESSION + ".");
		}
		return SqlFilter.parse(expression, SqlDescription.parameters(element));
	}

	private static RuleFilter correlation(XmlElement element) {
		Map<SystemProperty, String> system = new EnumMap<>(SystemProperty.class);
		CONDITIONS.forEach((name, property) -> {
			String value = element.childText(name);
			if (value != null) {
				system.put(property, value);
			}
		});
		Map<String, Object> user = new LinkedHashMap<>();
		SqlDescription.keyValues(element.child(PROPERTIES)).forEach((name, value) -> {
			if (value != null) {
				user.put(name, value);
			}
		});
		return new CorrelationFilter(system, user);
	}

	private static Map<String, SystemProperty> conditions() {
		Map<String, SystemProperty> conditions = new LinkedHashMap<>();
		conditions.put("CorrelationId", SystemProperty.CORRELATION_ID);
		conditions.put("MessageId", SystemProperty.MESSAGE_ID);
		conditions.put("To", SystemProperty.TO);
		conditions.put("ReplyTo", SystemProperty.REPLY_TO);
		conditions.put("Label", SystemProperty.LABEL);
		conditions.put("SessionId", SystemProperty.SESSION_ID);
		conditions.put("ReplyToSessionId", SystemProperty.REPLY_TO_SESSION_ID);
		conditions.put("ContentType", SystemProperty.CONTENT_TYPE);
		return conditions;
	}

}
