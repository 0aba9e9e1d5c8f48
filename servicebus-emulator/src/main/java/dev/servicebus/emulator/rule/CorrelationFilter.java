package dev.servicebus.emulator.rule;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Takes the messages in which every given value is found. Strings are compared character
 * by character; a whole number equals the same whole number of any size, a floating-point
 * number its like, and anything else only its own class: the string {@code 5}, the number
 * 5 and the number 5.0 are three values. Immutable.
 *
 * @param systemProperties what the message's own properties must be; empty values are
 * left out
 * @param userProperties what user properties must be, by names whose case does not count;
 * null values are left out
 */
public record CorrelationFilter(Map<SystemProperty, String> systemProperties,
		Map<String, Object> userProperties) implements RuleFilter {

	private static final Set<SystemProperty> COMPARABLE = EnumSet.of(SystemProperty.CORRELATION_ID,
			SystemProperty.MESSAGE_ID, SystemProperty.TO, SystemProperty.REPLY_TO, SystemProperty.LABEL,
			SystemProperty.SESSION_ID, SystemProperty.REPLY_TO_SESSION_ID, SystemProperty.CONTENT_TYPE);

	/**
	 * Makes a filter.
	 * @throws RuleException if it has no condition, or one on a system property that
	 * correlation filters cannot compare
	 */
	public CorrelationFilter {
		systemProperties = given(systemProperties);
		userProperties = new LinkedHashMap<>(userProperties);
		userProperties.values().removeIf(Objects::isNull);
		userProperties = Collections.unmodifiableMap(userProperties);
		if (systemProperties.isEmpty() && userProperties.isEmpty()) {
			throw invalid("has no condition; give at least one property a value");
		}
	}

	@Override
	public boolean matches(FilterSubject subject) {
		for (Map.Entry<SystemProperty, String> condition : this.systemProperties.entrySet()) {
			if (!condition.getValue().equals(subject.systemProperty(condition.getKey()))) {
				return false;
			}
		}
		for (Map.Entry<String, Object> condition : this.userProperties.entrySet()) {
			if (!isSame(condition.getValue(), subject.userProperty(condition.getKey()))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isSame(Object expected, @Nullable Object value) {
		Object normal = SqlValue.normalize(expected);
		return normal != null && normal.equals(SqlValue.normalize(value));
	}

	private static Map<SystemProperty, String> given(Map<SystemProperty, String> conditions) {
		Map<SystemProperty, String> given = new EnumMap<>(SystemProperty.class);
		conditions.forEach((property, value) -> {
			if (!COMPARABLE.contains(property)) {
				throw invalid("cannot compare sys." + property.text());
			}
			if (!value.isEmpty()) {
				given.put(property, value);
			}
		});
		return Collections.unmodifiableMap(given);
	}

	private static RuleException invalid(String why) {
		return new RuleException(RuleException.Reason.INVALID, "The correlation filter " + why);
	}

}
