package dev.servicebus.client.admin;

import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A shared access key with rights on one entity. Immutable.
 *
 * @param keyName the name of the rule and its keys
 * @param rights what its keys permit, at least one right; {@link AccessRight#MANAGE} only
 * together with the others
 * @param primaryKey a secret with which to sign
 * @param secondaryKey another one, so that keys can be changed one after the other
 * @param createdAt when the broker made the rule, {@code null} as long as it has not
 * @param modifiedAt when the rule was changed last, {@code null} as long as the broker
 * does not have it
 */
public record AuthorizationRule(String keyName, Set<AccessRight> rights, String primaryKey, String secondaryKey,
		@Nullable OffsetDateTime createdAt, @Nullable OffsetDateTime modifiedAt) {

	private static final int KEY_BYTES = 32;

	private static final SecureRandom RANDOM = new SecureRandom();

	public AuthorizationRule {
		Objects.requireNonNull(primaryKey, "primaryKey");
		Objects.requireNonNull(secondaryKey, "secondaryKey");
		rights = Set.copyOf(rights);
		if (keyName.isBlank()) {
			throw new IllegalArgumentException("keyName must not be blank");
		}
		if (rights.isEmpty()) {
			throw new IllegalArgumentException("rights must not be empty");
		}
		if (rights.contains(AccessRight.MANAGE) && rights.size() < AccessRight.values().length) {
			throw new IllegalArgumentException("rights with MANAGE must hold SEND and LISTEN too");
		}
	}

	/**
	 * A rule with keys that are drawn at random.
	 */
	public static AuthorizationRule withNewKeys(String keyName, AccessRight first, AccessRight... others) {
		return new AuthorizationRule(keyName, EnumSet.of(first, others), newKey(), newKey(), null, null);
	}

	/**
	 * The same rule with other keys.
	 */
	public AuthorizationRule withKeys(String newPrimaryKey, String newSecondaryKey) {
		return new AuthorizationRule(this.keyName, this.rights, newPrimaryKey, newSecondaryKey, this.createdAt,
				this.modifiedAt);
	}

	private static String newKey() {
		byte[] bytes = new byte[KEY_BYTES];
		RANDOM.nextBytes(bytes);
		return Base64.getEncoder().encodeToString(bytes);
	}

	/**
	 * Leaves the keys out.
	 */
	@Override
	public String toString() {
		return "AuthorizationRule[keyName=" + this.keyName + ", rights=" + this.rights + "]";
	}

}
