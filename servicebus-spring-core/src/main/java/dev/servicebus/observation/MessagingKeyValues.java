package dev.servicebus.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.observation.ServiceBusObservationDocumentation.Entity;
import dev.servicebus.observation.ServiceBusObservationDocumentation.Message;

/**
 * Key values that several conventions share.
 */
final class MessagingKeyValues {

	static final String SYSTEM = "servicebus";

	private MessagingKeyValues() {
	}

	/** Always the same keys, because a meter must not change its tags. */
	static KeyValues of(ObservedEntity entity, String operationType, String operationName) {
		return KeyValues.of(Entity.SYSTEM.withValue(SYSTEM), Entity.OPERATION_TYPE.withValue(operationType),
				Entity.OPERATION_NAME.withValue(operationName), Entity.DESTINATION.withValue(entity.name()),
				Entity.SUBSCRIPTION.withValue(orNone(entity.subscription())),
				Entity.SERVER_ADDRESS.withValue(orNone(entity.serverAddress())));
	}

	static KeyValues of(ServiceBusReceivedMessage message) {
		KeyValues values = and(KeyValues.empty(), Message.MESSAGE_ID, message.messageId());
		return and(values, Message.CONVERSATION_ID, message.correlationId());
	}

	static KeyValues and(KeyValues values, KeyName key, @Nullable String value) {
		return (value != null) ? values.and(key.withValue(value)) : values;
	}

	private static String orNone(@Nullable String value) {
		return (value != null) ? value : KeyValue.NONE_VALUE;
	}

}
