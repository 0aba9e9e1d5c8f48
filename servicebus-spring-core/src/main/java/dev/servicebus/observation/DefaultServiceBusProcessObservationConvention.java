package dev.servicebus.observation;

import java.time.OffsetDateTime;

import io.micrometer.common.KeyValues;

import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.observation.ServiceBusObservationDocumentation.Message;
import dev.servicebus.observation.ServiceBusObservationDocumentation.Processing;

/**
 * The key values that {@link ServiceBusObservationDocumentation#PROCESS} describes. May
 * be extended. Thread-safe.
 */
public class DefaultServiceBusProcessObservationConvention implements ServiceBusProcessObservationConvention {

	@Override
	public String getName() {
		return ServiceBusObservationDocumentation.PROCESS.getName();
	}

	@Override
	public String getContextualName(ServiceBusProcessContext context) {
		return "process" + " " + context.entity().name();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ServiceBusProcessContext context) {
		return MessagingKeyValues.of(context.entity(), "process", "process")
			.and(Processing.LISTENER_ID.withValue(context.listenerId()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ServiceBusProcessContext context) {
		ServiceBusReceivedMessage message = context.message();
		KeyValues values = MessagingKeyValues.of(message)
			.and(Message.DELIVERY_COUNT.withValue(String.valueOf(message.deliveryCount())));
		OffsetDateTime enqueued = message.enqueuedTime();
		return (enqueued != null)
				? values.and(Message.ENQUEUED_TIME.withValue(String.valueOf(enqueued.toEpochSecond()))) : values;
	}

}
