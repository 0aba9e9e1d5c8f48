package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.Map;

import dev.servicebus.emulator.delivery.DeliveryRules;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import org.jspecify.annotations.Nullable;

/**
 * How an entity behaves. Immutable; the defaults are those of Service Bus.
 *
 * @param lockDuration how long a delivery is locked, 5 seconds to 5 minutes
 * @param maxDeliveryCount after how many failed deliveries a message is dead-lettered, at
 * least 1
 * @param defaultTimeToLive the most that a message may live, at least 1 second
 * @param deadLetteringOnMessageExpiration whether a message that expires is dead-lettered
 * rather than dropped
 * @param deadLetteringOnFilterEvaluationExceptions whether a subscription dead-letters a
 * message on which one of its rules fails, rather than ignoring it
 * @param duplicateDetectionWindow how long a message id is remembered, 5 seconds to 7
 * days; {@code null} for no detection
 * @param requiresSession whether every message must belong to a session
 * @param forwardTo the entity to which messages go on, {@code null} for none
 * @param forwardDeadLetteredMessagesTo the entity to which dead letters go on,
 * {@code null} for none
 * @param status what the entity admits
 * @param maxMessageSize the size of the largest message in bytes
 * @param maxSizeInMegabytes how much the entity holds with its sub-queues
 * @param autoDeleteOnIdle after which time of no use the entity goes away, at least 5
 * minutes
 * @param userMetadata a note of at most 1024 characters, {@code null} for none
 * @param passiveSettings settings of Service Bus that change nothing here and are only
 * kept, by their names in its descriptions
 */
public record EntityOptions(Duration lockDuration, int maxDeliveryCount, Duration defaultTimeToLive,
		boolean deadLetteringOnMessageExpiration, boolean deadLetteringOnFilterEvaluationExceptions,
		@Nullable Duration duplicateDetectionWindow, boolean requiresSession, @Nullable String forwardTo,
		@Nullable String forwardDeadLetteredMessagesTo, EntityStatus status, long maxMessageSize,
		long maxSizeInMegabytes, Duration autoDeleteOnIdle, @Nullable String userMetadata,
		Map<String, String> passiveSettings) {

	/** One minute. */
	public static final Duration DEFAULT_LOCK_DURATION = Duration.ofMinutes(1);

	/** Ten deliveries. */
	public static final int DEFAULT_MAX_DELIVERY_COUNT = 10;

	/** What Service Bus writes for "for ever". */
	public static final Duration FOREVER = DeliveryRules.FOREVER;

	/** The window of an entity that detects duplicates and does not say how long. */
	public static final Duration DEFAULT_DUPLICATE_DETECTION_WINDOW = Duration.ofMinutes(10);

	/** 256 KiB, as in the standard tier. */
	public static final long DEFAULT_MAX_MESSAGE_SIZE = 256 * 1024;

	/** One gigabyte. */
	public static final long DEFAULT_MAX_SIZE_IN_MEGABYTES = 1024;

	private static final Duration MIN_LOCK_DURATION = Duration.ofSeconds(5);

	private static final Duration MAX_LOCK_DURATION = Duration.ofMinutes(5);

	private static final Duration MAX_DUPLICATE_DETECTION_WINDOW = Duration.ofDays(7);

	private static final int MAX_USER_METADATA = 1024;

	/** All defaults. */
	public static final EntityOptions DEFAULTS = builder().build();

	public EntityOptions {
		check("lockDuration", lockDuration, MIN_LOCK_DURATION, MAX_LOCK_DURATION);
		checkAtLeast("maxDeliveryCount", maxDeliveryCount, 1);
		check("defaultTimeToLive", defaultTimeToLive, Duration.ofSeconds(1), FOREVER);
		if (duplicateDetectionWindow != null) {
			check("duplicateDetectionWindow", duplicateDetectionWindow, MIN_LOCK_DURATION,
					MAX_DUPLICATE_DETECTION_WINDOW);
		}
		checkAtLeast("maxMessageSize", maxMessageSize, 1);
		checkAtLeast("maxSizeInMegabytes", maxSizeInMegabytes, 1);
		check("autoDeleteOnIdle", autoDeleteOnIdle, Duration.ofMinutes(5), FOREVER);
		if (userMetadata != null && userMetadata.length() > MAX_USER_METADATA) {
			throw invalid("userMetadata", "must not be longer than " + MAX_USER_METADATA + " characters",
					userMetadata.length());
		}
		passiveSettings = Map.copyOf(passiveSettings);
	}

	/**
	 * A builder that starts with the defaults.
	 */
	public static EntityOptionsBuilder builder() {
		return new EntityOptionsBuilder();
	}

	/**
	 * A builder that starts with these options.
	 */
	public EntityOptionsBuilder mutate() {
		return new EntityOptionsBuilder(this);
	}

	public boolean requiresDuplicateDetection() {
		return this.duplicateDetectionWindow != null;
	}

	/**
	 * Returns whether an entity with those options can be given these: sessions and
	 * duplicate detection are fixed when it is created.
	 */
	public boolean isUpdateOf(EntityOptions earlier) {
		return this.requiresSession == earlier.requiresSession
				&& requiresDuplicateDetection() == earlier.requiresDuplicateDetection();
	}

	DeliveryRules deliveryRules() {
		return new DeliveryRules(this.lockDuration, this.maxDeliveryCount, this.defaultTimeToLive,
				this.deadLetteringOnMessageExpiration ? DeliveryRules.Expiration.DEAD_LETTER
						: DeliveryRules.Expiration.DROP);
	}

	DeliveryRules deadLetterRules() {
		return DeliveryRules.deadLetterQueue(this.lockDuration);
	}

	private static void check(String name, Duration value, Duration min, Duration max) {
		if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
			throw invalid(name, "must be between " + min + " and " + max, value);
		}
	}

	private static void checkAtLeast(String name, long value, long min) {
		if (value < min) {
			throw invalid(name, "must be at least " + min, value);
		}
	}

	private static BrokerException invalid(String name, String rule, Object value) {
		return new BrokerException(BrokerError.ARGUMENT_ERROR, name + " " + rule + " but is " + value);
	}

}
