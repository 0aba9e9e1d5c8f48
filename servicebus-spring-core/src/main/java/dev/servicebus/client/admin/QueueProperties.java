package dev.servicebus.client.admin;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A queue as it is to be, or as it is. Immutable.
 *
 * @param name the name of the queue
 * @param lockDuration how long a message, or a session, stays locked for its receiver;
 * the service permits 5 seconds to 5 minutes; default 1 minute
 * @param maxSizeInMegabytes how much the queue may store, {@code null} to let the broker
 * decide; default {@code null}
 * @param duplicateDetectionRequired whether messages with a message id that was used
 * before are dropped; cannot be changed; default {@code false}
 * @param sessionRequired whether every message belongs to a session; cannot be changed;
 * default {@code false}
 * @param defaultMessageTimeToLive how long messages live that do not say so themselves,
 * and the most that others may live; default {@link EntityDefaults#UNLIMITED}
 * @param deadLetteringOnMessageExpiration whether expired messages go to the dead-letter
 * queue; default {@code false}
 * @param duplicateDetectionWindow how long message ids are remembered; the service
 * permits 20 seconds to 7 days; default 10 minutes
 * @param maxDeliveryCount how often a message is delivered before it goes to the
 * dead-letter queue, at least 1; default {@value #DEFAULT_MAX_DELIVERY_COUNT}
 * @param batchedOperationsEnabled whether the broker may gather operations on its store;
 * default {@code true}
 * @param authorizationRules keys with rights on this queue only; default none
 * @param status what is permitted at the moment; default {@link EntityStatus#ACTIVE}
 * @param forwardTo the queue or topic to which all messages are moved on, {@code null}
 * for none; default {@code null}
 * @param userMetadata text for one's own use, up to
 * {@value EntityDefaults#MAX_USER_METADATA} characters; default {@code null}
 * @param autoDeleteOnIdle after how long without use the queue is deleted; the service
 * permits 5 minutes and more; default {@link EntityDefaults#UNLIMITED}
 * @param partitioningEnabled whether the queue is spread over several stores; cannot be
 * changed; default {@code false}
 * @param forwardDeadLetteredMessagesTo the queue or topic to which dead-lettered messages
 * are moved on, {@code null} for none; default {@code null}
 * @param maxMessageSizeInKilobytes the largest message, {@code null} to let the broker
 * decide; default {@code null}
 * @param otherElements what the broker said beyond these properties; kept when an update
 * is sent
 */
public record QueueProperties(String name, Duration lockDuration, @Nullable Long maxSizeInMegabytes,
		boolean duplicateDetectionRequired, boolean sessionRequired, Duration defaultMessageTimeToLive,
		boolean deadLetteringOnMessageExpiration, Duration duplicateDetectionWindow, int maxDeliveryCount,
		boolean batchedOperationsEnabled, List<AuthorizationRule> authorizationRules, EntityStatus status,
		@Nullable String forwardTo, @Nullable String userMetadata, Duration autoDeleteOnIdle,
		boolean partitioningEnabled, @Nullable String forwardDeadLetteredMessagesTo,
		@Nullable Long maxMessageSizeInKilobytes, List<OtherElement> otherElements) {

	/** A minute. */
	public static final Duration DEFAULT_LOCK_DURATION = Duration.ofMinutes(1);

	/** Ten minutes. */
	public static final Duration DEFAULT_DUPLICATE_DETECTION_WINDOW = Duration.ofMinutes(10);

	/** Ten deliveries. */
	public static final int DEFAULT_MAX_DELIVERY_COUNT = 10;

	public QueueProperties {
		EntityDefaults.checkName(name);
		EntityDefaults.checkPositive("lockDuration", lockDuration);
		EntityDefaults.checkAtLeastOne("maxSizeInMegabytes", maxSizeInMegabytes);
		EntityDefaults.checkPositive("defaultMessageTimeToLive", defaultMessageTimeToLive);
		EntityDefaults.checkPositive("duplicateDetectionWindow", duplicateDetectionWindow);
		EntityDefaults.checkAtLeastOne("maxDeliveryCount", maxDeliveryCount);
		Objects.requireNonNull(status, "status");
		EntityDefaults.checkForwarding(sessionRequired, forwardTo);
		EntityDefaults.checkUserMetadata(userMetadata);
		EntityDefaults.checkPositive("autoDeleteOnIdle", autoDeleteOnIdle);
		EntityDefaults.checkAtLeastOne("maxMessageSizeInKilobytes", maxMessageSizeInKilobytes);
		authorizationRules = List.copyOf(authorizationRules);
		otherElements = List.copyOf(otherElements);
	}

	/**
	 * A queue with all defaults.
	 */
	public static QueueProperties of(String name) {
		return builder(name).build();
	}

	/**
	 * Begins with the defaults.
	 */
	public static Builder builder(String name) {
		return new Builder(name);
	}

	/**
	 * Begins with these properties.
	 */
	public Builder mutate() {
		Builder builder = new Builder(this.name);
		builder.lockDuration = this.lockDuration;
		builder.maxSizeInMegabytes = this.maxSizeInMegabytes;
		builder.duplicateDetectionRequired = this.duplicateDetectionRequired;
		builder.sessionRequired = this.sessionRequired;
		builder.defaultMessageTimeToLive = this.defaultMessageTimeToLive;
		builder.deadLetteringOnMessageExpiration = this.deadLetteringOnMessageExpiration;
		builder.duplicateDetectionWindow = this.duplicateDetectionWindow;
		builder.maxDeliveryCount = this.maxDeliveryCount;
		builder.batchedOperationsEnabled = this.batchedOperationsEnabled;
		builder.authorizationRules = this.authorizationRules;
		builder.status = this.status;
		builder.forwardTo = this.forwardTo;
		builder.userMetadata = this.userMetadata;
		builder.autoDeleteOnIdle = this.autoDeleteOnIdle;
		builder.partitioningEnabled = this.partitioningEnabled;
		builder.forwardDeadLetteredMessagesTo = this.forwardDeadLetteredMessagesTo;
		builder.maxMessageSizeInKilobytes = this.maxMessageSizeInKilobytes;
		builder.otherElements = this.otherElements;
		return builder;
	}

	/**
	 * Builds the properties of a queue; see {@link QueueProperties} for what each one
	 * means. Not thread-safe.
	 */
	public static final class Builder {

		private String name;

		private Duration lockDuration = DEFAULT_LOCK_DURATION;

		private @Nullable Long maxSizeInMegabytes;

		private boolean duplicateDetectionRequired;

		private boolean sessionRequired;

		private Duration defaultMessageTimeToLive = EntityDefaults.UNLIMITED;

		private boolean deadLetteringOnMessageExpiration;

		private Duration duplicateDetectionWindow = DEFAULT_DUPLICATE_DETECTION_WINDOW;

		private int maxDeliveryCount = DEFAULT_MAX_DELIVERY_COUNT;

		private boolean batchedOperationsEnabled = true;

		private List<AuthorizationRule> authorizationRules = List.of();

		private EntityStatus status = EntityStatus.ACTIVE;

		private @Nullable String forwardTo;

		private @Nullable String userMetadata;

		private Duration autoDeleteOnIdle = EntityDefaults.UNLIMITED;

		private boolean partitioningEnabled;

		private @Nullable String forwardDeadLetteredMessagesTo;

		private @Nullable Long maxMessageSizeInKilobytes;

		private List<OtherElement> otherElements = List.of();

		private Builder(String name) {
			this.name = name;
		}

		public Builder name(String name) {
			this.name = name;
			return this;
		}

		public Builder lockDuration(Duration lockDuration) {
			this.lockDuration = lockDuration;
			return this;
		}

		public Builder maxSizeInMegabytes(@Nullable Long maxSizeInMegabytes) {
			this.maxSizeInMegabytes = maxSizeInMegabytes;
			return this;
		}

		public Builder duplicateDetectionRequired(boolean duplicateDetectionRequired) {
			this.duplicateDetectionRequired = duplicateDetectionRequired;
			return this;
		}

		public Builder sessionRequired(boolean sessionRequired) {
			this.sessionRequired = sessionRequired;
			return this;
		}

		public Builder defaultMessageTimeToLive(Duration defaultMessageTimeToLive) {
			this.defaultMessageTimeToLive = defaultMessageTimeToLive;
			return this;
		}

		public Builder deadLetteringOnMessageExpiration(boolean deadLetteringOnMessageExpiration) {
			this.deadLetteringOnMessageExpiration = deadLetteringOnMessageExpiration;
			return this;
		}

		public Builder duplicateDetectionWindow(Duration duplicateDetectionWindow) {
			this.duplicateDetectionWindow = duplicateDetectionWindow;
			return this;
		}

		public Builder maxDeliveryCount(int maxDeliveryCount) {
			this.maxDeliveryCount = maxDeliveryCount;
			return this;
		}

		public Builder batchedOperationsEnabled(boolean batchedOperationsEnabled) {
			this.batchedOperationsEnabled = batchedOperationsEnabled;
			return this;
		}

		public Builder authorizationRules(List<AuthorizationRule> authorizationRules) {
			this.authorizationRules = authorizationRules;
			return this;
		}

		public Builder status(EntityStatus status) {
			this.status = status;
			return this;
		}

		public Builder forwardTo(@Nullable String forwardTo) {
			this.forwardTo = forwardTo;
			return this;
		}

		public Builder userMetadata(@Nullable String userMetadata) {
			this.userMetadata = userMetadata;
			return this;
		}

		public Builder autoDeleteOnIdle(Duration autoDeleteOnIdle) {
			this.autoDeleteOnIdle = autoDeleteOnIdle;
			return this;
		}

		public Builder partitioningEnabled(boolean partitioningEnabled) {
			this.partitioningEnabled = partitioningEnabled;
			return this;
		}

		public Builder forwardDeadLetteredMessagesTo(@Nullable String forwardDeadLetteredMessagesTo) {
			this.forwardDeadLetteredMessagesTo = forwardDeadLetteredMessagesTo;
			return this;
		}

		public Builder maxMessageSizeInKilobytes(@Nullable Long maxMessageSizeInKilobytes) {
			this.maxMessageSizeInKilobytes = maxMessageSizeInKilobytes;
			return this;
		}

		/**
		 * Set when an entity is read. Another namespace may refuse them.
		 */
		public Builder otherElements(List<OtherElement> otherElements) {
			this.otherElements = otherElements;
			return this;
		}

		/**
		 * Builds the properties.
		 * @throws IllegalArgumentException naming the property that cannot be so
		 */
		public QueueProperties build() {
			return new QueueProperties(this.name, this.lockDuration, this.maxSizeInMegabytes,
					this.duplicateDetectionRequired, this.sessionRequired, this.defaultMessageTimeToLive,
					this.deadLetteringOnMessageExpiration, this.duplicateDetectionWindow, this.maxDeliveryCount,
					this.batchedOperationsEnabled, this.authorizationRules, this.status, this.forwardTo,
					this.userMetadata, this.autoDeleteOnIdle, this.partitioningEnabled,
					this.forwardDeadLetteredMessagesTo, this.maxMessageSizeInKilobytes, this.otherElements);
		}

	}

}
