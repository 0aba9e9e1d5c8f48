package dev.servicebus.emulator.admin.description;

import java.util.function.Function;

import dev.servicebus.emulator.admin.atom.XmlWriter;
import dev.servicebus.emulator.entity.EntityCounts;

/**
 * The elements that say how an entity is at present. Deferred messages count as active.
 */
final class RuntimeParts {

	static final Part SIZE_IN_BYTES = value("SizeInBytes", (entity) -> entity.counts().sizeInBytes());

	static final Part MESSAGE_COUNT = value("MessageCount", (entity) -> total(entity.counts()));

	static final Part SUBSCRIPTION_COUNT = value("SubscriptionCount", DescribedEntity::subscriptions);

	static final Part CREATED_AT = value("CreatedAt", (entity) -> entity.times().createdAt());

	static final Part UPDATED_AT = value("UpdatedAt", (entity) -> entity.times().updatedAt());

	/** An entity that nobody has used has the time of its creation, as in the service. */
	static final Part ACCESSED_AT = value("AccessedAt", (entity) -> {
		Object accessedAt = entity.times().accessedAt();
		return (accessedAt != null) ? accessedAt : entity.times().createdAt();
	});

	static final Part AVAILABILITY = value("EntityAvailabilityStatus", (entity) -> "Available");

	static final Part AUTHORIZATION_RULES = (entity, links, xml) -> AuthorizationRules.write(entity, xml);

	static final Part COUNT_DETAILS = (entity, links, xml) -> countDetails(entity.counts(), xml);

	/** A prefix by which clients find the counts. */
	private static final String PREFIX = "d2p1";

	private static final String NAMESPACE = "http://schemas.microsoft.com/netservices/2011/06/servicebus";

	private RuntimeParts() {
	}

	private static Part value(String name, Function<DescribedEntity, Object> value) {
		return (entity, links, xml) -> xml.element(name, value.apply(entity));
	}

	private static long total(EntityCounts counts) {
		return (long) active(counts) + counts.scheduled() + counts.deadLettered() + counts.transferDeadLettered();
	}

	private static int active(EntityCounts counts) {
		return counts.active() + counts.deferred();
	}

	/**
	 * Messages are forwarded at once, so none ever waits for its transfer.
	 */
	private static void countDetails(EntityCounts counts, XmlWriter xml) {
		xml.start("CountDetails").declare(PREFIX, NAMESPACE);
		xml.element(PREFIX, NAMESPACE, "ActiveMessageCount", active(counts));
		xml.element(PREFIX, NAMESPACE, "DeadLetterMessageCount", counts.deadLettered());
		xml.element(PREFIX, NAMESPACE, "ScheduledMessageCount", counts.scheduled());
		xml.element(PREFIX, NAMESPACE, "TransferMessageCount", 0);
		xml.element(PREFIX, NAMESPACE, "TransferDeadLetterMessageCount", counts.transferDeadLettered());
		xml.end();
	}

}
