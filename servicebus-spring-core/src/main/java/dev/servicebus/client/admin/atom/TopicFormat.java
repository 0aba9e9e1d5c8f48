package dev.servicebus.client.admin.atom;

import dev.servicebus.client.admin.EntityDefaults;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.admin.TopicRuntimeProperties;

/**
 * Descriptions of topics.
 */
final class TopicFormat implements EntityFormat<TopicProperties> {

	private static final String ROOT = "TopicDescription";

	private static final Layout LAYOUT = new Layout()
		.own("DefaultMessageTimeToLive", "MaxSizeInMegabytes", "RequiresDuplicateDetection",
				"DuplicateDetectionHistoryTimeWindow", "EnableBatchedOperations")
		.reported("SizeInBytes")
		.kept("FilteringMessagesBeforePublishing", "IsAnonymousAccessible")
		.own("AuthorizationRules", "Status")
		.kept("ForwardTo")
		.own("UserMetadata")
		.reported("CreatedAt", "UpdatedAt", "AccessedAt")
		.own("SupportOrdering")
		.reported("CountDetails", "SubscriptionCount")
		.own("AutoDeleteOnIdle", "EnablePartitioning")
		.reported("EntityAvailabilityStatus")
		.kept("EnableSubscriptionPartitioning", "EnableExpress")
		.own("MaxMessageSizeInKilobytes");

	@Override
	public String write(TopicProperties topic, Change change, String host) {
		DescriptionWriter writer = new DescriptionWriter(ROOT, LAYOUT, change)
			.limit("DefaultMessageTimeToLive", topic.defaultMessageTimeToLive())
			.text("MaxSizeInMegabytes", topic.maxSizeInMegabytes())
			.text("RequiresDuplicateDetection", topic.duplicateDetectionRequired())
			.duration("DuplicateDetectionHistoryTimeWindow", topic.duplicateDetectionWindow())
			.text("EnableBatchedOperations", topic.batchedOperationsEnabled())
			.text("Status", topic.status().text())
			.text("UserMetadata", topic.userMetadata())
			.text("SupportOrdering", topic.orderingSupported())
			.limit("AutoDeleteOnIdle", topic.autoDeleteOnIdle())
			.text("EnablePartitioning", topic.partitioningEnabled())
			.text("MaxMessageSizeInKilobytes", topic.maxMessageSizeInKilobytes());
		AuthorizationRules.write(writer, topic.authorizationRules());
		return Entry.write(writer.build(topic.otherElements()));
	}

	@Override
	public TopicProperties read(Entry entry) {
		return entry.read(ROOT,
				(reader) -> TopicProperties.builder(entry.title())
					.defaultMessageTimeToLive(reader.duration("DefaultMessageTimeToLive", EntityDefaults.UNLIMITED))
					.maxSizeInMegabytes(reader.integer("MaxSizeInMegabytes"))
					.duplicateDetectionRequired(reader.bool("RequiresDuplicateDetection", false))
					.duplicateDetectionWindow(reader.duration("DuplicateDetectionHistoryTimeWindow",
							TopicProperties.DEFAULT_DUPLICATE_DETECTION_WINDOW))
					.batchedOperationsEnabled(reader.bool("EnableBatchedOperations", true))
					.authorizationRules(AuthorizationRules.read(reader.description()))
					.status(reader.status())
					.userMetadata(reader.text("UserMetadata"))
					.orderingSupported(reader.bool("SupportOrdering", false))
					.autoDeleteOnIdle(reader.duration("AutoDeleteOnIdle", EntityDefaults.UNLIMITED))
					.partitioningEnabled(reader.bool("EnablePartitioning", false))
					.maxMessageSizeInKilobytes(reader.integer("MaxMessageSizeInKilobytes"))
					.otherElements(LAYOUT.others(reader.description()))
					.build());
	}

	static TopicRuntimeProperties readRuntime(Entry entry) {
		return entry.read(ROOT,
				(reader) -> new TopicRuntimeProperties(entry.title(), reader.integer("SubscriptionCount", 0),
						reader.counts(), reader.count("SizeInBytes"), reader.time("CreatedAt"),
						reader.time("UpdatedAt"), reader.pastTime("AccessedAt")));
	}

}
