package dev.servicebus.client.auth;

import java.time.Instant;
import java.util.Objects;

/**
 * A token for the {@code $cbs} node. Immutable.
 *
 * @param value the token, a secret
 * @param type what kind of token it is, {@link #SAS} or {@link #JWT}
 * @param expiresAt when the broker stops accepting it
 */
public record AccessToken(String value, String type, Instant expiresAt) {

	/** The type of shared access signatures. */
	public static final String SAS = "servicebus.windows.net:sastoken";

	/** The type of JSON web tokens, as Microsoft Entra ID issues them. */
	public static final String JWT = "jwt";

	public AccessToken {
		Objects.requireNonNull(value, "value");
		Objects.requireNonNull(type, "type");
		Objects.requireNonNull(expiresAt, "expiresAt");
	}

	/**
	 * Leaves the value out.
	 */
	@Override
	public String toString() {
		return "AccessToken[type=" + this.type + ", expiresAt=" + this.expiresAt + "]";
	}

}
