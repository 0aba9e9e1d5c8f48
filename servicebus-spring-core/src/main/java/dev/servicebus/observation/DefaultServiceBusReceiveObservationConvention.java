package dev.servicebus.observation;

import io.micrometer.common.KeyValues;

import dev.servicebus.observation.ServiceBusObservationDocumentation.Message;

/**
 * The key values that {@link ServiceBusObservationDocumentation#RECEIVE} describes. May
 * be extended. Thread-safe.
 */
public class DefaultServiceBusReceiveObservationConvention implements ServiceBusReceiveObservationConvention {

	@Override
	public String getName() {
		return ServiceBusObservationDocumentation.RECEIVE.getName();
	}

	@Override
	public String getContextualName(ServiceBusReceiveContext context) {
		return "receive" + " " + context.entity().name();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ServiceBusReceiveContext context) {
		return MessagingKeyValues.of(context.entity(), "receive", "receive");
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ServiceBusReceiveContext context) {
		return KeyValues.of(Message.BATCH_COUNT.withValue(String.valueOf(context.messageCount())));
	}

}
