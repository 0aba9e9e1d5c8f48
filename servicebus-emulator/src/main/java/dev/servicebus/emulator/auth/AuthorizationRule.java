package dev.servicebus.emulator.auth;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A named pair of keys with the rights that a holder of either key has. Immutable.
 * {@link #toString()} does not show the keys.
 *
 * <p>
 * Keys are texts: they look like base64, but a signature is made with their UTF-8 bytes
 * as they stand.
 *
 * @param name by which tokens refer to the rule; compares with regard to case
 * @param primaryKey the key
 * @param secondaryKey a second key that is as good as the first, {@code null} for none
 * @param rights at least one; {@link Right#MANAGE} brings the others
 */
public record AuthorizationRule(String name, String primaryKey, @Nullable String secondaryKey, Set<Right> rights) {

	public AuthorizationRule {
		if (name.isBlank()) {
			throw new IllegalArgumentException("The name of an authorization rule must not be blank");
		}
		checkKey(name, "primary", primaryKey);
		if (secondaryKey != null) {
			checkKey(name, "secondary", secondaryKey);
		}
		if (rights.isEmpty()) {
			throw new IllegalArgumentException("Authorization rule '" + name + "' must have at least one right");
		}
		rights = Collections
			.unmodifiableSet(rights.contains(Right.MANAGE) ? EnumSet.allOf(Right.class) : EnumSet.copyOf(rights));
	}

	/**
	 * A rule with a single key and all rights.
	 */
	public static AuthorizationRule allRights(String name, String key) {
		return new AuthorizationRule(name, key, null, EnumSet.allOf(Right.class));
	}

	@Override
	public String toString() {
		return "AuthorizationRule[" + this.name + " " + this.rights + "]";
	}

	private static void checkKey(String name, String which, String key) {
		if (key.isBlank()) {
			throw new IllegalArgumentException(
					"The " + which + " key of authorization rule '" + name + "' must not be blank");
		}
	}

}
