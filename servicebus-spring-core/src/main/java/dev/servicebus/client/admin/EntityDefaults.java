package dev.servicebus.client.admin;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What entities of all kinds have in common: limits, and the checks of their properties.
 */
public final class EntityDefaults {

	/** The longest time that the service knows, about 29,000 years: never. */
	public static final Duration UNLIMITED = Duration.ofSeconds(922_337_203_685L, 477_580_700);

	/** The most characters of user metadata. */
	public static final int MAX_USER_METADATA = 1024;

	/** The most characters of the path of an entity. */
	public static final int MAX_NAME_LENGTH = 260;

	private EntityDefaults() {
	}

	static void checkName(String name) {
		check(!name.isBlank() && name.length() <= MAX_NAME_LENGTH,
				"name must have 1 to " + MAX_NAME_LENGTH + " characters but is '" + name + "'");
	}

	static void checkPositive(String property, Duration value) {
		check(!value.isNegative() && !value.isZero(), property + " must be positive but is " + value);
	}

	static void checkAtLeastOne(String property, @Nullable Number value) {
		check(value == null || value.longValue() >= 1, property + " must be at least 1 but is " + value);
	}

	static void checkUserMetadata(@Nullable String text) {
		check(text == null || text.length() <= MAX_USER_METADATA,
				"userMetadata must not be longer than " + MAX_USER_METADATA + " characters");
	}

	static void checkForwarding(boolean sessionRequired, @Nullable String forwardTo) {
		check(!sessionRequired || forwardTo == null,
				"forwardTo must not be set with sessionRequired: messages of sessions cannot be forwarded");
	}

	private static void check(boolean condition, String problem) {
		if (!condition) {
			throw new IllegalArgumentException(problem);
		}
	}

}
