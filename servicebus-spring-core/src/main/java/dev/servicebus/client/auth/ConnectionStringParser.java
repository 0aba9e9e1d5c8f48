package dev.servicebus.client.auth;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Splits a connection string into its keys and values: pairs are joined by {@code ;}, and
 * the first {@code =} of a pair ends its key, since values may hold more of them.
 */
final class ConnectionStringParser {

	/**
	 * Anything else may be a piece of a secret that was pasted without its key.
	 */
	private static final Pattern PRINTABLE_KEY = Pattern.compile("[A-Za-z]{1,30}");

	/**
	 * The keys there are.
	 */
	enum Key {

		ENDPOINT("Endpoint"), SHARED_ACCESS_KEY_NAME("SharedAccessKeyName"), SHARED_ACCESS_KEY("SharedAccessKey"),
		SHARED_ACCESS_SIGNATURE("SharedAccessSignature"), ENTITY_PATH("EntityPath"),
		USE_DEVELOPMENT_EMULATOR("UseDevelopmentEmulator");

		final String text;

		Key(String text) {
			this.text = text;
		}

		static @Nullable Key of(String text) {
			for (Key key : values()) {
				if (key.text.equalsIgnoreCase(text)) {
					return key;
				}
			}
			return null;
		}

	}

	private ConnectionStringParser() {
	}

	static Map<Key, String> parse(String connectionString) {
		Map<Key, String> values = new EnumMap<>(Key.class);
		int position = 0;
		for (String pair : connectionString.split(";")) {
			position++;
			if (!pair.isBlank()) {
				add(values, pair, position);
			}
		}
		if (values.isEmpty()) {
			throw new InvalidConnectionStringException(null,
					"it is empty; expected Endpoint=sb://<namespace>;SharedAccessKeyName=<name>;SharedAccessKey=<key>");
		}
		return values;
	}

	private static void add(Map<Key, String> values, String pair, int position) {
		int end = pair.indexOf('=');
		if (end < 0) {
			throw new InvalidConnectionStringException(null,
					"part " + position + " has no '='; expected <key>=<value> pairs joined by ';'");
		}
		String name = pair.substring(0, end).strip();
		Key key = Key.of(name);
		if (key == null) {
			throw unknown(name, position);
		}
		String value = pair.substring(end + 1).strip();
		if (value.isEmpty()) {
			throw new InvalidConnectionStringException(key.text, "has no value; give it one or leave it out");
		}
		if (values.put(key, value) != null) {
			throw new InvalidConnectionStringException(key.text, "is there twice; expected once");
		}
	}

	private static InvalidConnectionStringException unknown(String name, int position) {
		StringBuilder known = new StringBuilder();
		for (Key key : Key.values()) {
			known.append(known.isEmpty() ? "" : ", ").append(key.text);
		}
		return PRINTABLE_KEY.matcher(name).matches()
				? new InvalidConnectionStringException(name, "is not a known key; expected one of " + known)
				: new InvalidConnectionStringException(null,
						"part " + position + " has no known key; expected one of " + known);
	}

}
