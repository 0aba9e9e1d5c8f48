package dev.servicebus.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and key values of the observation of messages that are sent. Thread-safe.
 *
 * @see DefaultServiceBusSendObservationConvention
 */
public interface ServiceBusSendObservationConvention extends ObservationConvention<ServiceBusSendContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ServiceBusSendContext;
	}

}
