package dev.servicebus.emulator.admin.description;

import dev.servicebus.emulator.entity.EntityOptions;

/**
 * The elements that stand for options, each of them once for all kinds of entities.
 */
final class Settings {

	private static final long BYTES_PER_KILOBYTE = 1024;

	/** 100 megabytes, the most that the premium tier allows, in kilobytes. */
	private static final int LARGEST_MESSAGE = 100 * 1024;

	static final Setting LOCK_DURATION = Setting.duration("LockDuration", EntityOptions::lockDuration,
			(draft, value) -> draft.options().lockDuration(value));

	static final Setting MAX_SIZE_IN_MEGABYTES = Setting.number("MaxSizeInMegabytes", Integer.MAX_VALUE,
			EntityOptions::maxSizeInMegabytes, (draft, value) -> draft.options().maxSizeInMegabytes(value));

	static final Setting REQUIRES_DUPLICATE_DETECTION = Setting.flag("RequiresDuplicateDetection",
			EntityOptions::requiresDuplicateDetection, OptionsDraft::detectDuplicates);

	static final Setting REQUIRES_SESSION = Setting.flag("RequiresSession", EntityOptions::requiresSession,
			(draft, value) -> draft.options().requiresSession(value));

	static final Setting DEFAULT_MESSAGE_TIME_TO_LIVE = Setting.duration("DefaultMessageTimeToLive",
			EntityOptions::defaultTimeToLive, (draft, value) -> draft.options().defaultTimeToLive(value));

	static final Setting DEAD_LETTERING_ON_MESSAGE_EXPIRATION = Setting.flag("DeadLetteringOnMessageExpiration",
			EntityOptions::deadLetteringOnMessageExpiration,
			(draft, value) -> draft.options().deadLetteringOnMessageExpiration(value));

	static final Setting DEAD_LETTERING_ON_FILTER_EVALUATION_EXCEPTIONS = Setting.flag(
			"DeadLetteringOnFilterEvaluationExceptions", EntityOptions::deadLetteringOnFilterEvaluationExceptions,
			(draft, value) -> draft.options().deadLetteringOnFilterEvaluationExceptions(value));

	static final Setting DUPLICATE_DETECTION_WINDOW = Setting.duration("DuplicateDetectionHistoryTimeWindow",
			OptionsDraft::duplicateWindow, OptionsDraft::duplicateWindow);

	static final Setting MAX_DELIVERY_COUNT = Setting.number("MaxDeliveryCount", Integer.MAX_VALUE,
			EntityOptions::maxDeliveryCount, (draft, value) -> draft.options().maxDeliveryCount(value));

	static final Setting STATUS = new Setting("Status", (options, links) -> Values.status(options.status()),
			(draft, text) -> draft.options()
				.status(Values.read("Status", text, "Active, Disabled, SendDisabled or ReceiveDisabled",
						Values::status)));

	static final Setting FORWARD_TO = Setting.entity("ForwardTo", EntityOptions::forwardTo,
			(draft, value) -> draft.options().forwardTo(value));

	static final Setting FORWARD_DEAD_LETTERED_MESSAGES_TO = Setting.entity("ForwardDeadLetteredMessagesTo",
			EntityOptions::forwardDeadLetteredMessagesTo,
			(draft, value) -> draft.options().forwardDeadLetteredMessagesTo(value));

	static final Setting USER_METADATA = new Setting("UserMetadata", (options, links) -> options.userMetadata(),
			(draft, text) -> draft.options().userMetadata(text));

	static final Setting AUTO_DELETE_ON_IDLE = Setting.duration("AutoDeleteOnIdle", EntityOptions::autoDeleteOnIdle,
			(draft, value) -> draft.options().autoDeleteOnIdle(value));

	static final Setting MAX_MESSAGE_SIZE = Setting.number("MaxMessageSizeInKilobytes", LARGEST_MESSAGE,
			(options) -> (options.maxMessageSize() + BYTES_PER_KILOBYTE - 1) / BYTES_PER_KILOBYTE,
			(draft, value) -> draft.options().maxMessageSize(value * BYTES_PER_KILOBYTE));

	static final Setting ENABLE_BATCHED_OPERATIONS = Setting.passiveFlag("EnableBatchedOperations", true);

	static final Setting IS_ANONYMOUS_ACCESSIBLE = Setting.passiveFlag("IsAnonymousAccessible", false);

	static final Setting QUEUE_SUPPORTS_ORDERING = Setting.passiveFlag("SupportOrdering", true);

	static final Setting TOPIC_SUPPORTS_ORDERING = Setting.passiveFlag("SupportOrdering", false);

	static final Setting FILTERING_BEFORE_PUBLISHING = Setting.passiveFlag("FilteringMessagesBeforePublishing", false);

	static final Setting ENABLE_PARTITIONING = Setting.passiveFlag("EnablePartitioning", false);

	static final Setting ENABLE_SUBSCRIPTION_PARTITIONING = Setting.passiveFlag("EnableSubscriptionPartitioning",
			false);

	static final Setting ENABLE_EXPRESS = Setting.passiveFlag("EnableExpress", false);

	private Settings() {
	}

}
