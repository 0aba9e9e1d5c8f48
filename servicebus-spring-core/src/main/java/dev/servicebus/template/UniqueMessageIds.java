package dev.servicebus.template;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.MessageIds;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Ids that are never made again, or not at all.
 */
final class UniqueMessageIds implements MessageIdGenerator {

	static final MessageIdGenerator INSTANCE = new UniqueMessageIds(
			MessageIds.numbered(UUID.randomUUID().toString().replace("-", "")));

	static final MessageIdGenerator NONE = new UniqueMessageIds(MessageIds.none());

	private final MessageIds ids;

	private UniqueMessageIds(MessageIds ids) {
		this.ids = ids;
	}

	@Override
	public @Nullable String messageId(Object payload, ServiceBusMessage message) {
		return this.ids.next();
	}

}
