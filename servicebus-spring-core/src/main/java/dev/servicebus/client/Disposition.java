package dev.servicebus.client;

import java.util.Map;

import dev.servicebus.message.ApplicationProperties;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a locked message. Immutable.
 */
public sealed interface Disposition {

	/**
	 * Returns whether the message becomes available again in its old place.
	 */
	default boolean returnsMessage() {
		return this instanceof Abandon || this instanceof Release;
	}

	/**
	 * The message is done with and leaves the entity.
	 */
	record Complete() implements Disposition {

	}

	/**
	 * The message is available again at once; the attempt counts.
	 *
	 * @param propertiesToModify application properties to set on the message, of the
	 * types that its own may have; their names are ASCII
	 */
	record Abandon(Map<String, Object> propertiesToModify) implements Disposition {

		public Abandon {
			propertiesToModify = ApplicationProperties.toModify(propertiesToModify);
		}

	}

	/**
	 * The message stays in the entity and can only be received by its sequence number.
	 *
	 * @param propertiesToModify application properties to set on the message, of the
	 * types that its own may have; their names are ASCII
	 */
	record Defer(Map<String, Object> propertiesToModify) implements Disposition {

		public Defer {
			propertiesToModify = ApplicationProperties.toModify(propertiesToModify);
		}

	}

	/**
	 * The message moves to the dead-letter queue.
	 *
	 * @param reason why, at most 4096 characters
	 * @param description more about it, at most 4096 characters
	 * @param propertiesToModify application properties to set on the message, of the
	 * types that its own may have; their names are ASCII
	 */
	record DeadLetter(@Nullable String reason, @Nullable String description,
			Map<String, Object> propertiesToModify) implements Disposition {

		/** The service takes no longer reason or description. */
		public static final int MAX_TEXT_LENGTH = 4096;

		public DeadLetter {
			propertiesToModify = ApplicationProperties.toModify(propertiesToModify);
		}

		/**
		 * Takes texts of any kind and length: control characters are escaped, and what is
		 * too long is cut between two characters.
		 */
		public static DeadLetter ofAnyText(@Nullable String reason, @Nullable String description,
				Map<String, Object> propertiesToModify) {
			return new DeadLetter(SafeText.of(reason, MAX_TEXT_LENGTH), SafeText.of(description, MAX_TEXT_LENGTH),
					propertiesToModify);
		}

	}

	/**
	 * The message is available again at once; the attempt does not count.
	 */
	record Release() implements Disposition {

	}

}
