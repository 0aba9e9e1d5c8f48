package dev.servicebus.client.admin.atom;

import dev.servicebus.client.admin.EntityDefaults;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.QueueRuntimeProperties;

/**
 * Descriptions of queues.
 */
final class QueueFormat implements EntityFormat<QueueProperties> {

	private static final String ROOT = "QueueDescription";

	private static final Layout LAYOUT = new Layout()
		.own("LockDuration", "MaxSizeInMegabytes", "RequiresDuplicateDetection", "RequiresSession",
				"DefaultMessageTimeToLive", "DeadLetteringOnMessageExpiration", "DuplicateDetectionHistoryTimeWindow",
				"MaxDeliveryCount", "EnableBatchedOperations")
		.reported("SizeInBytes", "MessageCount")
		.kept("IsAnonymousAccessible")
		.own("AuthorizationRules", "Status", "ForwardTo", "UserMetadata")
		.reported("CreatedAt", "UpdatedAt", "AccessedAt")
		.kept("SupportOrdering")
		.reported("CountDetails")
		.own("AutoDeleteOnIdle", "EnablePartitioning")
		.reported("EntityAvailabilityStatus")
		.own("ForwardDeadLetteredMessagesTo")
		.kept("EnableExpress")
		.own("MaxMessageSizeInKilobytes");

	@Override
	public String write(QueueProperties queue, Change change, String host) {
		DescriptionWriter writer = new DescriptionWriter(ROOT, LAYOUT, change)
			.duration("LockDuration", queue.lockDuration())
			.text("MaxSizeInMegabytes", queue.maxSizeInMegabytes())
			.text("RequiresDuplicateDetection", queue.duplicateDetectionRequired())
			.text("RequiresSession", queue.sessionRequired())
			.limit("DefaultMessageTimeToLive", queue.defaultMessageTimeToLive())
			.text("DeadLetteringOnMessageExpiration", queue.deadLetteringOnMessageExpiration())
			.duration("DuplicateDetectionHistoryTimeWindow", queue.duplicateDetectionWindow())
			.text("MaxDeliveryCount", queue.maxDeliveryCount())
			.text("EnableBatchedOperations", queue.batchedOperationsEnabled())
			.text("Status", queue.status().text())
			.entityPath("ForwardTo", queue.forwardTo(), host)
			.text("UserMetadata", queue.userMetadata())
			.limit("AutoDeleteOnIdle", queue.autoDeleteOnIdle())
			.text("EnablePartitioning", queue.partitioningEnabled())
			.entityPath("ForwardDeadLetteredMessagesTo", queue.forwardDeadLetteredMessagesTo(), host)
			.text("MaxMessageSizeInKilobytes", queue.maxMessageSizeInKilobytes());
		AuthorizationRules.write(writer, queue.authorizationRules());
		return Entry.write(writer.build(queue.otherElements()));
	}

	@Override
	public QueueProperties read(Entry entry) {
		return entry.read(ROOT,
				(reader) -> QueueProperties.builder(entry.title())
					.lockDuration(reader.duration("LockDuration", QueueProperties.DEFAULT_LOCK_DURATION))
					.maxSizeInMegabytes(reader.integer("MaxSizeInMegabytes"))
					.duplicateDetectionRequired(reader.bool("RequiresDuplicateDetection", false))
					.sessionRequired(reader.bool("RequiresSession", false))
					.defaultMessageTimeToLive(reader.duration("DefaultMessageTimeToLive", EntityDefaults.UNLIMITED))
					.deadLetteringOnMessageExpiration(reader.bool("DeadLetteringOnMessageExpiration", false))
					.duplicateDetectionWindow(reader.duration("DuplicateDetectionHistoryTimeWindow",
							QueueProperties.DEFAULT_DUPLICATE_DETECTION_WINDOW))
					.maxDeliveryCount(reader.integer("MaxDeliveryCount", QueueProperties.DEFAULT_MAX_DELIVERY_COUNT))
					.batchedOperationsEnabled(reader.bool("EnableBatchedOperations", true))
					.authorizationRules(AuthorizationRules.read(reader.description()))
					.status(reader.status())
					.forwardTo(reader.entityPath("ForwardTo"))
					.userMetadata(reader.text("UserMetadata"))
					.autoDeleteOnIdle(reader.duration("AutoDeleteOnIdle", EntityDefaults.UNLIMITED))
					.partitioningEnabled(reader.bool("EnablePartitioning", false))
					.forwardDeadLetteredMessagesTo(reader.entityPath("ForwardDeadLetteredMessagesTo"))
					.maxMessageSizeInKilobytes(reader.integer("MaxMessageSizeInKilobytes"))
					.otherElements(LAYOUT.others(reader.description()))
					.build());
	}

	static QueueRuntimeProperties readRuntime(Entry entry) {
		return entry.read(ROOT,
				(reader) -> new QueueRuntimeProperties(entry.title(), reader.counts(), reader.count("SizeInBytes"),
						reader.time("CreatedAt"), reader.time("UpdatedAt"), reader.pastTime("AccessedAt")));
	}

}
