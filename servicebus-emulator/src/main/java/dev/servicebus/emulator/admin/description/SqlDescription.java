package dev.servicebus.emulator.admin.description;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.atom.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * What descriptions of SQL filters and SQL actions have in common.
 */
final class SqlDescription {

	static final String EXPRESSION = "SqlExpression";

	private static final String KEY_VALUE = "KeyValueOfstringanyType";

	/** The only version of the language. */
	private static final int COMPATIBILITY_LEVEL = 20;

	private SqlDescription() {
	}

	static Map<String, @Nullable Object> parameters(XmlElement element) {
		return keyValues(element.child("Parameters"));
	}

	static void write(String expression, Map<String, ? extends @Nullable Object> parameters, XmlWriter xml) {
		xml.element(EXPRESSION, expression).element("CompatibilityLevel", COMPATIBILITY_LEVEL);
		writeKeyValues("Parameters", parameters, xml);
	}

	/**
	 * Reads names with typed values.
	 */
	static Map<String, @Nullable Object> keyValues(@Nullable XmlElement element) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		if (element == null) {
			return result;
		}
		for (XmlElement entry : element.children(KEY_VALUE)) {
			String key = entry.childText("Key");
			if (key == null) {
				throw Values.invalid("The element " + element.name() + " has an entry without a key.");
			}
			XmlElement value = entry.child("Value");
			result.put(key, (value != null) ? TypedValue.read(value) : null);
		}
		return result;
	}

	/**
	 * Writes names with typed values; nothing if there are none.
	 */
	static void writeKeyValues(String name, Map<String, ? extends @Nullable Object> values, XmlWriter xml) {
		if (values.isEmpty()) {
			return;
		}
		xml.start(name);
		values.forEach((key, value) -> {
			xml.start(KEY_VALUE).element("Key", key);
			TypedValue.write(value, xml);
			xml.end();
		});
		xml.end();
	}

}
