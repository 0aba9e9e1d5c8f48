package dev.servicebus.listener;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.servicebus.message.ApplicationProperties;

/**
 * What becomes of a message whose handling has failed. Immutable.
 */
public sealed interface Outcome {

	/**
	 * The message counts as handled after all.
	 */
	static Outcome complete() {
		return new Complete();
	}

	/**
	 * The message is available again at once, and the attempt counts.
	 */
	static Outcome abandon() {
		return new Abandon(Map.of());
	}

	/**
	 * The message is handed to the listener again after {@code delay}: this one, which
	 * keeps its lock, or a copy that is scheduled, see
	 * {@link FailureOptions#retryHoldLimit()}.
	 */
	static Outcome retryAfter(Duration delay) {
		return new RetryAfter(delay);
	}

	/**
	 * The message moves to the dead-letter queue. Longer texts are cut to 4096
	 * characters.
	 */
	static Outcome deadLetter(String reason, String description) {
		return new DeadLetter(reason, description, Map.of());
	}

	/**
	 * The message is set aside and can only be received by its sequence number.
	 */
	static Outcome defer() {
		return new Defer(Map.of());
	}

	/**
	 * The message is abandoned and its session given back. A container that is granted
	 * the session again before {@code delay} is over keeps it untouched until then.
	 * Without sessions the same as {@link #abandon()}.
	 */
	static Outcome parkSession(Duration delay) {
		return new ParkSession(delay);
	}

	/**
	 * The message is answered with {@code value}, in the way in which a result of its
	 * listener would be, and completed when the broker has the answer. If that fails, or
	 * the listener is one that cannot answer, such as one of batches, the message goes
	 * the way that the container proposes.
	 */
	static Outcome reply(Object value) {
		return new Reply(value);
	}

	/**
	 * The message is abandoned and the container stops.
	 */
	static Outcome stopContainer() {
		return new StopContainer();
	}

	/** See {@link Outcome#complete()}. */
	record Complete() implements Outcome {

	}

	/**
	 * See {@link Outcome#abandon()}.
	 *
	 * @param propertiesToModify application properties to set on the message, of the
	 * types that its own may have; their names are ASCII
	 */
	record Abandon(Map<String, Object> propertiesToModify) implements Outcome {

		public Abandon {
			propertiesToModify = ApplicationProperties.toModify(propertiesToModify);
		}

	}

	/**
	 * See {@link Outcome#retryAfter(Duration)}.
	 *
	 * @param delay how long to wait, not negative
	 */
	record RetryAfter(Duration delay) implements Outcome {

		public RetryAfter {
			requireNotNegative(delay);
		}

	}

	/**
	 * See {@link Outcome#deadLetter(String, String)}.
	 *
	 * @param reason why, in few words
	 * @param description more about it
	 * @param propertiesToModify application properties to set on the message, of the
	 * types that its own may have; their names are ASCII
	 */
	record DeadLetter(String reason, String description, Map<String, Object> propertiesToModify) implements Outcome {

		public DeadLetter {
			Objects.requireNonNull(reason, "reason");
			Objects.requireNonNull(description, "description");
			propertiesToModify = ApplicationProperties.toModify(propertiesToModify);
		}

	}

	/**
	 * See {@link Outcome#defer()}.
	 *
	 * @param propertiesToModify application properties to set on the message, of the
	 * types that its own may have; their names are ASCII
	 */
	record Defer(Map<String, Object> propertiesToModify) implements Outcome {

		public Defer {
			propertiesToModify = ApplicationProperties.toModify(propertiesToModify);
		}

	}

	/**
	 * See {@link Outcome#parkSession(Duration)}.
	 *
	 * @param delay how long the session rests, not negative
	 */
	record ParkSession(Duration delay) implements Outcome {

		public ParkSession {
			requireNotNegative(delay);
		}

	}

	/**
	 * See {@link Outcome#reply(Object)}.
	 *
	 * @param value the answer
	 */
	record Reply(Object value) implements Outcome {

		public Reply {
			Objects.requireNonNull(value, "value");
		}

	}

	/** See {@link Outcome#stopContainer()}. */
	record StopContainer() implements Outcome {

	}

	private static void requireNotNegative(Duration delay) {
		Objects.requireNonNull(delay, "delay");
		if (delay.isNegative()) {
			throw new IllegalArgumentException("delay must not be negative but is " + delay);
		}
	}

}
