package dev.servicebus.client.admin.atom;

import dev.servicebus.client.admin.EntityDefaults;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.SubscriptionRuntimeProperties;

/**
 * Descriptions of subscriptions.
 */
final class SubscriptionFormat implements EntityFormat<SubscriptionProperties> {

	private static final String ROOT = "SubscriptionDescription";

	private static final String DEFAULT_RULE = "DefaultRuleDescription";

	private static final Layout LAYOUT = new Layout()
		.own("LockDuration", "RequiresSession", "DefaultMessageTimeToLive", "DeadLetteringOnMessageExpiration",
				"DeadLetteringOnFilterEvaluationExceptions", DEFAULT_RULE)
		.reported("MessageCount")
		.own("MaxDeliveryCount", "EnableBatchedOperations", "Status", "ForwardTo")
		.reported("CreatedAt", "UpdatedAt", "AccessedAt", "CountDetails")
		.own("UserMetadata", "ForwardDeadLetteredMessagesTo", "AutoDeleteOnIdle")
		.reported("EntityAvailabilityStatus");

	@Override
	public String write(SubscriptionProperties subscription, Change change, String host) {
		DescriptionWriter writer = new DescriptionWriter(ROOT, LAYOUT, change)
			.duration("LockDuration", subscription.lockDuration())
			.text("RequiresSession", subscription.sessionRequired())
			.limit("DefaultMessageTimeToLive", subscription.defaultMessageTimeToLive())
			.text("DeadLetteringOnMessageExpiration", subscription.deadLetteringOnMessageExpiration())
			.text("DeadLetteringOnFilterEvaluationExceptions", subscription.deadLetteringOnFilterEvaluationExceptions())
			.text("MaxDeliveryCount", subscription.maxDeliveryCount())
			.text("EnableBatchedOperations", subscription.batchedOperationsEnabled())
			.text("Status", subscription.status().text())
			.entityPath("ForwardTo", subscription.forwardTo(), host)
			.text("UserMetadata", subscription.userMetadata())
			.entityPath("ForwardDeadLetteredMessagesTo", subscription.forwardDeadLetteredMessagesTo(), host)
			.limit("AutoDeleteOnIdle", subscription.autoDeleteOnIdle());
		if (subscription.defaultRule() != null && change == Change.CREATE) {
			writer.element(RuleFormat.description(DEFAULT_RULE, subscription.defaultRule(), change));
		}
		return Entry.write(writer.build(subscription.otherElements()));
	}

	@Override
	public SubscriptionProperties read(Entry entry) {
		return entry.read(ROOT, (reader) -> SubscriptionProperties.builder(entry.title())
			.lockDuration(reader.duration("LockDuration", SubscriptionProperties.DEFAULT_LOCK_DURATION))
			.sessionRequired(reader.bool("RequiresSession", false))
			.defaultMessageTimeToLive(reader.duration("DefaultMessageTimeToLive", EntityDefaults.UNLIMITED))
			.deadLetteringOnMessageExpiration(reader.bool("DeadLetteringOnMessageExpiration", false))
			.deadLetteringOnFilterEvaluationExceptions(reader.bool("DeadLetteringOnFilterEvaluationExceptions", false))
			.maxDeliveryCount(reader.integer("MaxDeliveryCount", SubscriptionProperties.DEFAULT_MAX_DELIVERY_COUNT))
			.batchedOperationsEnabled(reader.bool("EnableBatchedOperations", true))
			.status(reader.status())
			.forwardTo(reader.entityPath("ForwardTo"))
			.userMetadata(reader.text("UserMetadata"))
			.forwardDeadLetteredMessagesTo(reader.entityPath("ForwardDeadLetteredMessagesTo"))
			.autoDeleteOnIdle(reader.duration("AutoDeleteOnIdle", EntityDefaults.UNLIMITED))
			.otherElements(LAYOUT.others(reader.description()))
			.build());
	}

	static SubscriptionRuntimeProperties readRuntime(Entry entry) {
		return entry.read(ROOT, (reader) -> new SubscriptionRuntimeProperties(entry.title(), reader.counts(),
				reader.time("CreatedAt"), reader.time("UpdatedAt"), reader.pastTime("AccessedAt")));
	}

}
