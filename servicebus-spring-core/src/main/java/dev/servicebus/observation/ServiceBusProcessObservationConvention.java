package dev.servicebus.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and key values of the observation of a message that a listener processes.
 * Thread-safe.
 *
 * @see DefaultServiceBusProcessObservationConvention
 */
public interface ServiceBusProcessObservationConvention extends ObservationConvention<ServiceBusProcessContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ServiceBusProcessContext;
	}

}
