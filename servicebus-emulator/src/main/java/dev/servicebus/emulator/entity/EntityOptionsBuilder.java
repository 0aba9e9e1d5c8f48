package dev.servicebus.emulator.entity;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Builds {@link EntityOptions}. Not thread-safe.
 */
public final class EntityOptionsBuilder {

	private Duration lockDuration = EntityOptions.DEFAULT_LOCK_DURATION;

	private int maxDeliveryCount = EntityOptions.DEFAULT_MAX_DELIVERY_COUNT;

	private Duration defaultTimeToLive = EntityOptions.FOREVER;

	private boolean deadLetteringOnMessageExpiration;

	private boolean deadLetteringOnFilterEvaluationExceptions = true;

	private @Nullable Duration duplicateDetectionWindow;

	private boolean requiresSession;

	private @Nullable String forwardTo;

	private @Nullable String forwardDeadLetteredMessagesTo;

	private EntityStatus status = EntityStatus.ACTIVE;

	private long maxMessageSize = EntityOptions.DEFAULT_MAX_MESSAGE_SIZE;

	private long maxSizeInMegabytes = EntityOptions.DEFAULT_MAX_SIZE_IN_MEGABYTES;

	private Duration autoDeleteOnIdle = EntityOptions.FOREVER;

	private @Nullable String userMetadata;

	private final Map<String, String> passiveSettings = new HashMap<>();

	EntityOptionsBuilder() {
	}

	EntityOptionsBuilder(EntityOptions options) {
		this.lockDuration = options.lockDuration();
		this.maxDeliveryCount = options.maxDeliveryCount();
		this.defaultTimeToLive = options.defaultTimeToLive();
		this.deadLetteringOnMessageExpiration = options.deadLetteringOnMessageExpiration();
		this.deadLetteringOnFilterEvaluationExceptions = options.deadLetteringOnFilterEvaluationExceptions();
		this.duplicateDetectionWindow = options.duplicateDetectionWindow();
		this.requiresSession = options.requiresSession();
		this.forwardTo = options.forwardTo();
		this.forwardDeadLetteredMessagesTo = options.forwardDeadLetteredMessagesTo();
		this.status = options.status();
		this.maxMessageSize = options.maxMessageSize();
		this.maxSizeInMegabytes = options.maxSizeInMegabytes();
		this.autoDeleteOnIdle = options.autoDeleteOnIdle();
		this.userMetadata = options.userMetadata();
		this.passiveSettings.putAll(options.passiveSettings());
	}

	public EntityOptionsBuilder lockDuration(Duration duration) {
		this.lockDuration = duration;
		return this;
	}

	public EntityOptionsBuilder maxDeliveryCount(int count) {
		this.maxDeliveryCount = count;
		return this;
	}

	public EntityOptionsBuilder defaultTimeToLive(Duration duration) {
		this.defaultTimeToLive = duration;
		return this;
	}

	public EntityOptionsBuilder deadLetteringOnMessageExpiration(boolean deadLetter) {
		this.deadLetteringOnMessageExpiration = deadLetter;
		return this;
	}

	public EntityOptionsBuilder deadLetteringOnFilterEvaluationExceptions(boolean deadLetter) {
		this.deadLetteringOnFilterEvaluationExceptions = deadLetter;
		return this;
	}

	public EntityOptionsBuilder duplicateDetectionWindow(@Nullable Duration window) {
		this.duplicateDetectionWindow = window;
		return this;
	}

	public EntityOptionsBuilder requiresSession(boolean required) {
		this.requiresSession = required;
		return this;
	}

	public EntityOptionsBuilder forwardTo(@Nullable String entity) {
		this.forwardTo = entity;
		return this;
	}

	public EntityOptionsBuilder forwardDeadLetteredMessagesTo(@Nullable String entity) {
		this.forwardDeadLetteredMessagesTo = entity;
		return this;
	}

	public EntityOptionsBuilder status(EntityStatus newStatus) {
		this.status = newStatus;
		return this;
	}

	public EntityOptionsBuilder maxMessageSize(long bytes) {
		this.maxMessageSize = bytes;
		return this;
	}

	public EntityOptionsBuilder maxSizeInMegabytes(long megabytes) {
		this.maxSizeInMegabytes = megabytes;
		return this;
	}

	public EntityOptionsBuilder autoDeleteOnIdle(Duration duration) {
		this.autoDeleteOnIdle = duration;
		return this;
	}

	public EntityOptionsBuilder userMetadata(@Nullable String metadata) {
		this.userMetadata = metadata;
		return this;
	}

	/**
	 * Keeps a setting that changes nothing.
	 */
	public EntityOptionsBuilder passiveSetting(String name, String value) {
		this.passiveSettings.put(name, value);
		return this;
	}

	/**
	 * Builds the options.
	 * @throws dev.servicebus.emulator.store.BrokerException if a value is out of its
	 * range
	 */
	public EntityOptions build() {
		return new EntityOptions(this.lockDuration, this.maxDeliveryCount, this.defaultTimeToLive,
				this.deadLetteringOnMessageExpiration, this.deadLetteringOnFilterEvaluationExceptions,
				this.duplicateDetectionWindow, this.requiresSession, this.forwardTo, this.forwardDeadLetteredMessagesTo,
				this.status, this.maxMessageSize, this.maxSizeInMegabytes, this.autoDeleteOnIdle, this.userMetadata,
				this.passiveSettings);
	}

}
