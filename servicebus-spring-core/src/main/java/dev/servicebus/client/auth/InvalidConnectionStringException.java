package dev.servicebus.client.auth;

import org.jspecify.annotations.Nullable;

/**
 * A connection string cannot be used. The message names the key at fault and what was
 * expected of it, but never a value.
 */
public class InvalidConnectionStringException extends IllegalArgumentException {

	private final @Nullable String key;

	InvalidConnectionStringException(@Nullable String key, String problem) {
		super("Invalid Service Bus connection string: " + ((key != null) ? "'" + key + "' " : "") + problem);
		this.key = key;
	}

	/**
	 * The key at fault, {@code null} if the string as a whole is.
	 */
	public @Nullable String key() {
		return this.key;
	}

}
