package dev.servicebus.observation;

import io.micrometer.common.KeyValues;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.observation.ServiceBusObservationDocumentation.Message;

/**
 * The key values that {@link ServiceBusObservationDocumentation#SEND} describes. May be
 * extended. Thread-safe.
 */
public class DefaultServiceBusSendObservationConvention implements ServiceBusSendObservationConvention {

	@Override
	public String getName() {
		return ServiceBusObservationDocumentation.SEND.getName();
	}

	@Override
	public String getContextualName(ServiceBusSendContext context) {
		return "send" + " " + context.entity().name();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ServiceBusSendContext context) {
		return MessagingKeyValues.of(context.entity(), "send", "send");
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ServiceBusSendContext context) {
		KeyValues values = KeyValues.empty();
		if (context.messageCount() != 1) {
			return values.and(Message.BATCH_COUNT.withValue(String.valueOf(context.messageCount())));
		}
		for (ServiceBusMessage message : context.messages()) {
			values = MessagingKeyValues.and(values, Message.MESSAGE_ID, message.messageId());
			values = MessagingKeyValues.and(values, Message.CONVERSATION_ID, message.correlationId());
		}
		return values;
	}

}
