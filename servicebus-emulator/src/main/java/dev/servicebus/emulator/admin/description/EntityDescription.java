package dev.servicebus.emulator.admin.description;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.servicebus.emulator.admin.atom.XmlElement;
import dev.servicebus.emulator.admin.atom.XmlWriter;
import dev.servicebus.emulator.entity.EntityOptions;

/**
 * How one kind of entity is described: which elements there are, and their order when
 * they are written. Immutable.
 *
 * <p>
 * They are read in any order. What is missing or empty leaves an option as it is, but for
 * forwarding and the note, which clients remove by leaving them out; unknown elements are
 * passed over.
 */
public final class EntityDescription {

	/** The namespace of all descriptions. */
	static final String NAMESPACE = "http://schemas.microsoft.com/netservices/2010/10/servicebus/connect";

	/** The description of a queue. */
	public static final EntityDescription QUEUE = new EntityDescription("QueueDescription", Settings.LOCK_DURATION,
			Settings.MAX_SIZE_IN_MEGABYTES, Settings.REQUIRES_DUPLICATE_DETECTION, Settings.REQUIRES_SESSION,
			Settings.DEFAULT_MESSAGE_TIME_TO_LIVE, Settings.DEAD_LETTERING_ON_MESSAGE_EXPIRATION,
			Settings.DUPLICATE_DETECTION_WINDOW, Settings.MAX_DELIVERY_COUNT, Settings.ENABLE_BATCHED_OPERATIONS,
			RuntimeParts.SIZE_IN_BYTES, RuntimeParts.MESSAGE_COUNT, Settings.IS_ANONYMOUS_ACCESSIBLE,
			RuntimeParts.AUTHORIZATION_RULES, Settings.STATUS, Settings.FORWARD_TO, Settings.USER_METADATA,
			RuntimeParts.CREATED_AT, RuntimeParts.UPDATED_AT, RuntimeParts.ACCESSED_AT,
			Settings.QUEUE_SUPPORTS_ORDERING, RuntimeParts.COUNT_DETAILS, Settings.AUTO_DELETE_ON_IDLE,
			Settings.ENABLE_PARTITIONING, RuntimeParts.AVAILABILITY, Settings.FORWARD_DEAD_LETTERED_MESSAGES_TO,
			Settings.ENABLE_EXPRESS, Settings.MAX_MESSAGE_SIZE);

	/** The description of a topic. */
	public static final EntityDescription TOPIC = new EntityDescription("TopicDescription",
			Settings.DEFAULT_MESSAGE_TIME_TO_LIVE, Settings.MAX_SIZE_IN_MEGABYTES,
			Settings.REQUIRES_DUPLICATE_DETECTION, Settings.DUPLICATE_DETECTION_WINDOW,
			Settings.ENABLE_BATCHED_OPERATIONS, RuntimeParts.SIZE_IN_BYTES, Settings.FILTERING_BEFORE_PUBLISHING,
			Settings.IS_ANONYMOUS_ACCESSIBLE, RuntimeParts.AUTHORIZATION_RULES, Settings.STATUS, Settings.USER_METADATA,
			RuntimeParts.CREATED_AT, RuntimeParts.UPDATED_AT, RuntimeParts.ACCESSED_AT,
			Settings.TOPIC_SUPPORTS_ORDERING, RuntimeParts.COUNT_DETAILS, RuntimeParts.SUBSCRIPTION_COUNT,
			Settings.AUTO_DELETE_ON_IDLE, Settings.ENABLE_PARTITIONING, RuntimeParts.AVAILABILITY,
			Settings.ENABLE_SUBSCRIPTION_PARTITIONING, Settings.ENABLE_EXPRESS, Settings.MAX_MESSAGE_SIZE);

	/** The description of a subscription. */
	public static final EntityDescription SUBSCRIPTION = new EntityDescription("SubscriptionDescription",
			Settings.LOCK_DURATION, Settings.REQUIRES_SESSION, Settings.DEFAULT_MESSAGE_TIME_TO_LIVE,
			Settings.DEAD_LETTERING_ON_MESSAGE_EXPIRATION, Settings.DEAD_LETTERING_ON_FILTER_EVALUATION_EXCEPTIONS,
			RuntimeParts.MESSAGE_COUNT, Settings.MAX_DELIVERY_COUNT, Settings.ENABLE_BATCHED_OPERATIONS,
			Settings.STATUS, Settings.FORWARD_TO, RuntimeParts.CREATED_AT, RuntimeParts.UPDATED_AT,
			RuntimeParts.ACCESSED_AT, RuntimeParts.COUNT_DETAILS, Settings.USER_METADATA,
			Settings.FORWARD_DEAD_LETTERED_MESSAGES_TO, Settings.AUTO_DELETE_ON_IDLE, RuntimeParts.AVAILABILITY);

	private final String name;

	private final List<Part> parts;

	private final Map<String, Setting> settings = new LinkedHashMap<>();

	private EntityDescription(String name, Part... parts) {
		this.name = name;
		this.parts = List.of(parts);
		for (Part part : parts) {
			if (part instanceof Setting setting) {
				this.settings.put(setting.name(), setting);
			}
		}
	}

	/**
	 * The name of the element that holds the description.
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Reads options.
	 * @param description the element with the description
	 * @param current the options to begin with
	 * @throws dev.servicebus.emulator.store.BrokerException if a value is malformed or
	 * out of its range
	 */
	public EntityOptions read(XmlElement description, EntityOptions current) {
		OptionsDraft draft = new OptionsDraft(current);
		draft.forgetTexts();
		for (XmlElement element : description.children()) {
			Setting setting = this.settings.get(element.name());
			if (setting != null && !element.text().isBlank()) {
				setting.reader().accept(draft, element.text());
			}
		}
		return draft.build();
	}

	/**
	 * Writes the description of an entity.
	 */
	public void write(DescribedEntity entity, FeedLinks links, XmlWriter xml) {
		xml.start(this.name, NAMESPACE).declareTypes();
		this.parts.forEach((part) -> part.write(entity, links, xml));
		xml.end();
	}

}
