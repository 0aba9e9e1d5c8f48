package dev.servicebus.emulator.entity;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.emulator.rule.PropertyBag;
import dev.servicebus.emulator.rule.RuleTarget;
import dev.servicebus.emulator.rule.SystemProperty;
import dev.servicebus.emulator.store.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * A message as rules see it, with the changes that their actions make.
 */
final class ContentTarget implements RuleTarget {

	private final MessageContent content;

	private final PropertyBag applicationProperties;

	private final Map<SystemProperty, @Nullable Object> changes = new EnumMap<>(SystemProperty.class);

	ContentTarget(MessageContent content) {
		this.content = content;
		this.applicationProperties = new PropertyBag(content.applicationProperties());
	}

	/**
	 * The message with the changes.
	 */
	MessageContent content() {
		Map<String, @Nullable Object> named = new LinkedHashMap<>();
		this.changes.forEach((property, value) -> named.put(property.text(), value));
		return this.content.withProperties(named, this.applicationProperties.asMap());
	}

	@Override
	public @Nullable Object systemProperty(SystemProperty property) {
		if (this.changes.containsKey(property)) {
			return this.changes.get(property);
		}
		return switch (property) {
			case MESSAGE_ID -> this.content.messageId();
			case SESSION_ID -> this.content.sessionId();
			case PARTITION_KEY -> this.content.partitionKey();
			case TIME_TO_LIVE -> this.content.timeToLive();
			case SCHEDULED_ENQUEUE_TIME_UTC -> this.content.scheduledEnqueueTime();
			case SIZE -> this.content.size();
			case DELIVERY_COUNT -> 0L;
			default -> this.content.property(property.text());
		};
	}

	@Override
	public @Nullable Object userProperty(String name) {
		return this.applicationProperties.get(name);
	}

	@Override
	public boolean hasUserProperty(String name) {
		return this.applicationProperties.contains(name);
	}

	@Override
	public void setSystemProperty(SystemProperty property, @Nullable Object value) {
		this.changes.put(property, value);
	}

	@Override
	public void setUserProperty(String name, @Nullable Object value) {
		this.applicationProperties.set(name, value);
	}

	@Override
	public void removeUserProperty(String name) {
		this.applicationProperties.remove(name);
	}

}
