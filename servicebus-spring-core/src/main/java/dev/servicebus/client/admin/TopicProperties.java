package dev.servicebus.client.admin;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A topic as it is to be, or as it is. Immutable.
 *
 * @param name the name of the topic
 * @param defaultMessageTimeToLive how long messages live that do not say so themselves,
 * and the most that others may live; default {@link EntityDefaults#UNLIMITED}
 * @param maxSizeInMegabytes how much the topic may store, {@code null} to let the broker
 * decide; default {@code null}
 * @param duplicateDetectionRequired whether messages with a message id that was used
 * before are dropped; cannot be changed; default {@code false}
 * @param duplicateDetectionWindow how long message ids are remembered; the service
 * permits 20 seconds to 7 days; default 10 minutes
 * @param batchedOperationsEnabled whether the broker may gather operations on its store;
 * default {@code true}
 * @param authorizationRules keys with rights on this topic only; default none
 * @param status what is permitted at the moment; default {@link EntityStatus#ACTIVE}
 * @param userMetadata text for one's own use, up to
 * {@value EntityDefaults#MAX_USER_METADATA} characters; default {@code null}
 * @param orderingSupported whether messages are kept in order; default {@code false}
 * @param autoDeleteOnIdle after how long without use the topic is deleted; the service
 * permits 5 minutes and more; default {@link EntityDefaults#UNLIMITED}
 * @param partitioningEnabled whether the topic is spread over several stores; cannot be
 * changed; default {@code false}
 * @param maxMessageSizeInKilobytes the largest message, {@code null} to let the broker
 * decide; default {@code null}
 * @param otherElements what the broker said beyond these properties; kept when an update
 * is sent
 */
public record TopicProperties(String name, Duration defaultMessageTimeToLive, @Nullable Long maxSizeInMegabytes,
		boolean duplicateDetectionRequired, Duration duplicateDetectionWindow, boolean batchedOperationsEnabled,
		List<AuthorizationRule> authorizationRules, EntityStatus status, @Nullable String userMetadata,
		boolean orderingSupported, Duration autoDeleteOnIdle, boolean partitioningEnabled,
		@Nullable Long maxMessageSizeInKilobytes, List<OtherElement> otherElements) {

	/** Ten minutes. */
	public static final Duration DEFAULT_DUPLICATE_DETECTION_WINDOW = Duration.ofMinutes(10);

	public TopicProperties {
		EntityDefaults.checkName(name);
		EntityDefaults.checkPositive("defaultMessageTimeToLive", defaultMessageTimeToLive);
		EntityDefaults.checkAtLeastOne("maxSizeInMegabytes", maxSizeInMegabytes);
		EntityDefaults.checkPositive("duplicateDetectionWindow", duplicateDetectionWindow);
		Objects.requireNonNull(status, "status");
		EntityDefaults.checkUserMetadata(userMetadata);
		EntityDefaults.checkPositive("autoDeleteOnIdle", autoDeleteOnIdle);
		EntityDefaults.checkAtLeastOne("maxMessageSizeInKilobytes", maxMessageSizeInKilobytes);
		authorizationRules = List.copyOf(authorizationRules);
		otherElements = List.copyOf(otherElements);
	}

	/**
	 * A topic with all defaults.
	 */
	public static TopicProperties of(String name) {
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
		builder.defaultMessageTimeToLive = this.defaultMessageTimeToLive;
		builder.maxSizeInMegabytes = this.maxSizeInMegabytes;
		builder.duplicateDetectionRequired = this.duplicateDetectionRequired;
		builder.duplicateDetectionWindow = this.duplicateDetectionWindow;
		builder.batchedOperationsEnabled = this.batchedOperationsEnabled;
		builder.authorizationRules = this.authorizationRules;
		builder.status = this.status;
		builder.userMetadata = this.userMetadata;
		builder.orderingSupported = this.orderingSupported;
		builder.autoDeleteOnIdle = this.autoDeleteOnIdle;
		builder.partitioningEnabled = this.partitioningEnabled;
		builder.maxMessageSizeInKilobytes = this.maxMessageSizeInKilobytes;
		builder.otherElements = this.otherElements;
		return builder;
	}

	/**
	 * Builds the properties of a topic; see {@link TopicProperties} for what each one
	 * means. Not thread-safe.
	 */
	public static final class Builder {

		private String name;

		private Duration defaultMessageTimeToLive = EntityDefaults.UNLIMITED;

		private @Nullable Long maxSizeInMegabytes;

		private boolean duplicateDetectionRequired;

		private Duration duplicateDetectionWindow = DEFAULT_DUPLICATE_DETECTION_WINDOW;

		private boolean batchedOperationsEnabled = true;

		private List<AuthorizationRule> authorizationRules = List.of();

		private EntityStatus status = EntityStatus.ACTIVE;

		private @Nullable String userMetadata;

		private boolean orderingSupported;

		private Duration autoDeleteOnIdle = EntityDefaults.UNLIMITED;

		private boolean partitioningEnabled;

		private @Nullable Long maxMessageSizeInKilobytes;

		private List<OtherElement> otherElements = List.of();

		private Builder(String name) {
			this.name = name;
		}

		public Builder name(String name) {
			this.name = name;
			return this;
		}

		public Builder defaultMessageTimeToLive(Duration defaultMessageTimeToLive) {
			this.defaultMessageTimeToLive = defaultMessageTimeToLive;
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

		public Builder duplicateDetectionWindow(Duration duplicateDetectionWindow) {
			this.duplicateDetectionWindow = duplicateDetectionWindow;
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

		public Builder userMetadata(@Nullable String userMetadata) {
			this.userMetadata = userMetadata;
			return this;
		}

		public Builder orderingSupported(boolean orderingSupported) {
			this.orderingSupported = orderingSupported;
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
		public TopicProperties build() {
			return new TopicProperties(this.name, this.defaultMessageTimeToLive, this.maxSizeInMegabytes,
					this.duplicateDetectionRequired, this.duplicateDetectionWindow, this.batchedOperationsEnabled,
					this.authorizationRules, this.status, this.userMetadata, this.orderingSupported,
					this.autoDeleteOnIdle, this.partitioningEnabled, this.maxMessageSizeInKilobytes,
					this.otherElements);
		}

	}

}
