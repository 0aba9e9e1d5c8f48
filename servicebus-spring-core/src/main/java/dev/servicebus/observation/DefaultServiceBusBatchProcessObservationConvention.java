package dev.servicebus.observation;

import io.micrometer.common.KeyValues;

import dev.servicebus.observation.ServiceBusObservationDocumentation.Message;
import dev.servicebus.observation.ServiceBusObservationDocumentation.Processing;

/**
 * The key values that {@link ServiceBusObservationDocumentation#PROCESS_BATCH} describes:
 * those of a single message, but for what is of one message only. May be extended.
 * Thread-safe.
 */
public class DefaultServiceBusBatchProcessObservationConvention implements ServiceBusBatchProcessObservationConvention {

	@Override
	public String getName() {
		return ServiceBusObservationDocumentation.PROCESS_BATCH.getName();
	}

	@Override
	public String getContextualName(ServiceBusBatchProcessContext context) {
		return "process" + " " + context.entity().name();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ServiceBusBatchProcessContext context) {
		return MessagingKeyValues.of(context.entity(), "process", "process")
			.and(Processing.LISTENER_ID.withValue(context.listenerId()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ServiceBusBatchProcessContext context) {
		return KeyValues.of(Message.BATCH_COUNT.withValue(String.valueOf(context.messages().size())));
	}

}
