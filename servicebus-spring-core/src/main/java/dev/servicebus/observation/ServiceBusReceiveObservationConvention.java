package dev.servicebus.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and key values of the observation of a call that receives messages. Thread-safe.
 *
 * @see DefaultServiceBusReceiveObservationConvention
 */
public interface ServiceBusReceiveObservationConvention extends ObservationConvention<ServiceBusReceiveContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ServiceBusReceiveContext;
	}

}
