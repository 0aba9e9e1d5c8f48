package dev.servicebus.observation;

import io.micrometer.common.KeyValues;

import dev.servicebus.client.Disposition;
import dev.servicebus.observation.ServiceBusObservationDocumentation.Message;

/**
 * The key values that {@link ServiceBusObservationDocumentation#SETTLE} describes. May be
 * extended. Thread-safe.
 */
public class DefaultServiceBusSettleObservationConvention implements ServiceBusSettleObservationConvention {

	@Override
	public String getName() {
		return ServiceBusObservationDocumentation.SETTLE.getName();
	}

	@Override
	public String getContextualName(ServiceBusSettleContext context) {
		return operation(context.disposition()) + " " + context.entity().name();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ServiceBusSettleContext context) {
		return MessagingKeyValues.of(context.entity(), "settle", operation(context.disposition()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ServiceBusSettleContext context) {
		return MessagingKeyValues.of(context.message())
			.and(Message.DISPOSITION.withValue(operation(context.disposition())));
	}

	private static String operation(Disposition disposition) {
		if (disposition instanceof Disposition.Complete) {
			return "complete";
		}
		if (disposition instanceof Disposition.Abandon) {
			return "abandon";
		}
		if (disposition instanceof Disposition.Defer) {
			return "defer";
		}
		return (disposition instanceof Disposition.DeadLetter) ? "dead_letter" : "release";
	}

}
