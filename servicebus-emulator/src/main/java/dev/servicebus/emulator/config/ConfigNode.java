package dev.servicebus.emulator.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * A value of the document that knows its place, so that whoever reads it can say where
 * something is wrong. A field with the value {@code null} counts as absent.
 */
final class ConfigNode {

	private final String source;

	private final JsonPointer pointer;

	private final JsonNode json;

	ConfigNode(String source, JsonPointer pointer, JsonNode json) {
		this.source = source;
		this.pointer = pointer;
		this.json = json;
	}

	ConfigException error(String reason) {
		return new ConfigException(this.source, this.pointer.toString(), reason, null);
	}

	/**
	 * Refuses anything but an object that has no other fields than these.
	 */
	ConfigNode checkFields(Set<String> known) {
		for (String name : fieldNames()) {
			if (!known.contains(name)) {
				throw at(name, this.json).error("unknown field" + Suggestion.of(name, known));
			}
		}
		return this;
	}

	/**
	 * The names of the fields of an object.
	 */
	List<String> fieldNames() {
		if (!this.json.isObject()) {
			throw unexpected("an object");
		}
		return List.copyOf(this.json.propertyNames());
	}

	@Nullable ConfigNode find(String name) {
		JsonNode value = this.json.get(name);
		return (value == null || value.isNull()) ? null : at(name, value);
	}

	ConfigNode require(String name) {
		ConfigNode value = find(name);
		if (value == null) {
			throw error("the field '" + name + "' is missing");
		}
		return value;
	}

	/**
	 * The elements of the array in a field, none if the field is absent.
	 */
	List<ConfigNode> elements(String name) {
		ConfigNode array = find(name);
		if (array == null) {
			return List.of();
		}
		if (!array.json.isArray()) {
			throw array.unexpected("an array");
		}
		List<ConfigNode> elements = new ArrayList<>(array.json.size());
		for (int i = 0; i < array.json.size(); i++) {
			elements.add(new ConfigNode(this.source, array.pointer.appendIndex(i), array.json.get(i)));
		}
		return elements;
	}

	String text() {
		if (!this.json.isString()) {
			throw unexpected("a string");
		}
		return this.json.stringValue();
	}

	String nonBlankText() {
		String text = text();
		if (text.isBlank()) {
			throw error("must not be blank");
		}
		return text;
	}

	boolean truth() {
		if (!this.json.isBoolean()) {
			throw unexpected("true or false");
		}
		return this.json.booleanValue();
	}

	int integer() {
		if (!this.json.isIntegralNumber() || !this.json.canConvertToInt()) {
			throw unexpected("a whole number");
		}
		return this.json.intValue();
	}

	/**
	 * An ISO 8601 duration of days, hours, minutes and seconds.
	 */
	Duration duration() {
		String text = text();
		try {
			return Duration.parse(text);
		}
		catch (DateTimeException ex) {
			throw error("must be an ISO 8601 duration such as PT1M, PT1H or P14D but is '" + shortened(text) + "'");
		}
	}

	/**
	 * A value of an application property: String, Boolean, Long or Double.
	 */
	Object scalar() {
		if (this.json.isString()) {
			return this.json.stringValue();
		}
		if (this.json.isBoolean()) {
			return this.json.booleanValue();
		}
		if (this.json.isIntegralNumber() && this.json.canConvertToLong()) {
			return this.json.longValue();
		}
		if (this.json.isFloatingPointNumber() && Double.isFinite(this.json.doubleValue())) {
			return this.json.doubleValue();
		}
		throw unexpected("a string, a number of 64 bits, true or false");
	}

	private ConfigException unexpected(String expected) {
		String actual = this.json.isContainer() || this.json.isNull() || this.json.isMissingNode()
				? this.json.getNodeType().name().toLowerCase(Locale.ROOT) : shortened(this.json.toString());
		return error("must be " + expected + " but is " + actual);
	}

	private ConfigNode at(String name, JsonNode value) {
		return new ConfigNode(this.source, this.pointer.appendProperty(name), value);
	}

	/**
	 * A text from the document, cut so that it fits into a message.
	 */
	static String shortened(String text) {
		return (text.length() <= 80) ? text : text.substring(0, 80) + "…";
	}

}
