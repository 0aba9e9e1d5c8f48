package dev.servicebus.emulator.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which messages a rule takes.
 */
public sealed interface FilterDefinition {

	/**
	 * Those for which an expression is true.
	 *
	 * @param expression the text in the language of SQL filters, not yet parsed
	 */
	record Sql(String expression) implements FilterDefinition {
	}

	/**
	 * Those in which all the given values are found.
	 *
	 * @param systemProperties values of the message's own properties by the names of the
	 * file, for example {@code CorrelationId}; what the file calls {@code Label} is the
	 * subject
	 * @param applicationProperties values of application properties: String, Boolean,
	 * Long or Double
	 */
	record Correlation(Map<String, String> systemProperties,
			Map<String, Object> applicationProperties) implements FilterDefinition {

		public Correlation {
			systemProperties = Collections.unmodifiableMap(new LinkedHashMap<>(systemProperties));
			applicationProperties = Collections.unmodifiableMap(new LinkedHashMap<>(applicationProperties));
		}

	}

}
