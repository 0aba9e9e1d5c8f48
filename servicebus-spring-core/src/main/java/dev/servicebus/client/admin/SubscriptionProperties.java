package dev.servicebus.client.admin;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.servicebus.client.rule.RuleProperties;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as it is to be, or as it is. Immutable.
 *
 * @param name the name of the subscription
 * @param lockDuration how long a message, or a session, stays locked for its receiver;
 * the service permits 5 seconds to 5 minutes; default 1 minute
 * @param sessionRequired whether every message belongs to a session; cannot be changed;
 * default {@code false}
 * @param defaultMessageTimeToLive how long messages live that do not say so themselves,
 * and the most that others may live; default {@link EntityDefaults#UNLIMITED}
 * @param deadLetteringOnMessageExpiration whether expired messages go to the dead-letter
 * queue; default {@code false}
 * @param deadLetteringOnFilterEvaluationExceptions whether messages on which a filter
 * fails go to the dead-letter queue; default {@code true}
 * @param defaultRule the rule to begin with in place of the one that lets everything
 * through; used by create only, never read; default {@code null}
 * @param maxDeliveryCount how often a message is delivered before it goes to the
 * dead-letter queue, at least 1; default {@value #DEFAULT_MAX_DELIVERY_COUNT}
 * @param batchedOperationsEnabled whether the broker may gather operations on its store;
 * default {@code true}
 * @param status what is permitted at the moment; default {@link EntityStatus#ACTIVE}
 * @param forwardTo the queue or topic to which all messages are moved on, {@code null}
 * for none; default {@code null}
 * @param userMetadata text for one's own use, up to
 * {@value EntityDefaults#MAX_USER_METADATA} characters; default {@code null}
 * @param forwardDeadLetteredMessagesTo the queue or topic to which dead-lettered messages
 * are moved on, {@code null} for none; default {@code null}
 * @param autoDeleteOnIdle after how long without use the subscription is deleted; the
 * service permits 5 minutes and more; default {@link EntityDefaults#UNLIMITED}
 * @param otherElements what the broker said beyond these properties; kept when an update
 * is sent
 */
public record SubscriptionProperties(String name, Duration lockDuration, boolean sessionRequired,
		Duration defaultMessageTimeToLive, boolean deadLetteringOnMessageExpiration,
		boolean deadLetteringOnFilterEvaluationExceptions, @Nullable RuleProperties defaultRule, int maxDeliveryCount,
		boolean batchedOperationsEnabled, EntityStatus status, @Nullable String forwardTo,
		@Nullable String userMetadata, @Nullable String forwardDeadLetteredMessagesTo, Duration autoDeleteOnIdle,
		List<OtherElement> otherElements) {

	/** A minute. */
	public static final Duration DEFAULT_LOCK_DURATION = Duration.ofMinutes(1);

	/** Ten deliveries. */
	public static final int DEFAULT_MAX_DELIVERY_COUNT = 10;

	public SubscriptionProperties {
		EntityDefaults.checkName(name);
		EntityDefaults.checkPositive("lockDuration", lockDuration);
		EntityDefaults.checkPositive("defaultMessageTimeToLive", defaultMessageTimeToLive);
		EntityDefaults.checkAtLeastOne("maxDeliveryCount", maxDeliveryCount);
		Objects.requireNonNull(status, "status");
		EntityDefaults.checkForwarding(sessionRequired, forwardTo);
		EntityDefaults.checkUserMetadata(userMetadata);
		EntityDefaults.checkPositive("autoDeleteOnIdle", autoDeleteOnIdle);
		otherElements = List.copyOf(otherElements);
	}

	/**
	 * A subscription with all defaults.
	 */
	public static SubscriptionProperties of(String name) {
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
		builder.sessionRequired = this.sessionRequired;
		builder.defaultMessageTimeToLive = this.defaultMessageTimeToLive;
		builder.deadLetteringOnMessageExpiration = this.deadLetteringOnMessageExpiration;
		builder.deadLetteringOnFilterEvaluationExceptions = this.deadLetteringOnFilterEvaluationExceptions;
		builder.defaultRule = this.defaultRule;
		builder.maxDeliveryCount = this.maxDeliveryCount;
		builder.batchedOperationsEnabled = this.batchedOperationsEnabled;
		builder.status = this.status;
		builder.forwardTo = this.forwardTo;
		builder.userMetadata = this.userMetadata;
		builder.forwardDeadLetteredMessagesTo = this.forwardDeadLetteredMessagesTo;
		builder.autoDeleteOnIdle = this.autoDeleteOnIdle;
		builder.otherElements = this.otherElements;
		return builder;
	}

	/**
	 * Builds the properties of a subscription; see {@link SubscriptionProperties} for
	 * what each one means. Not thread-safe.
	 */
	public static final class Builder {

		private String name;

		private Duration lockDuration = DEFAULT_LOCK_DURATION;

		private boolean sessionRequired;

		private Duration defaultMessageTimeToLive = EntityDefaults.UNLIMITED;

		private boolean deadLetteringOnMessageExpiration;

		private boolean deadLetteringOnFilterEvaluationExceptions = true;

		private @Nullable RuleProperties defaultRule;

		private int maxDeliveryCount = DEFAULT_MAX_DELIVERY_COUNT;

		private boolean batchedOperationsEnabled = true;

		private EntityStatus status = EntityStatus.ACTIVE;

		private @Nullable String forwardTo;

		private @Nullable String userMetadata;

		private @Nullable String forwardDeadLetteredMessagesTo;

		private Duration autoDeleteOnIdle = EntityDefaults.UNLIMITED;

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

		public Builder deadLetteringOnFilterEvaluationExceptions(boolean deadLetteringOnFilterEvaluationExceptions) {
			this.deadLetteringOnFilterEvaluationExceptions = deadLetteringOnFilterEvaluationExceptions;
			return this;
		}

		public Builder defaultRule(@Nullable RuleProperties defaultRule) {
			this.defaultRule = defaultRule;
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

		public Builder forwardDeadLetteredMessagesTo(@Nullable String forwardDeadLetteredMessagesTo) {
			this.forwardDeadLetteredMessagesTo = forwardDeadLetteredMessagesTo;
			return this;
		}

		public Builder autoDeleteOnIdle(Duration autoDeleteOnIdle) {
			this.autoDeleteOnIdle = autoDeleteOnIdle;
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
		public SubscriptionProperties build() {
			return new SubscriptionProperties(this.name, this.lockDuration, this.sessionRequired,
					this.defaultMessageTimeToLive, this.deadLetteringOnMessageExpiration,
					this.deadLetteringOnFilterEvaluationExceptions, this.defaultRule, this.maxDeliveryCount,
					this.batchedOperationsEnabled, this.status, this.forwardTo, this.userMetadata,
					this.forwardDeadLetteredMessagesTo, this.autoDeleteOnIdle, this.otherElements);
		}

	}

}
