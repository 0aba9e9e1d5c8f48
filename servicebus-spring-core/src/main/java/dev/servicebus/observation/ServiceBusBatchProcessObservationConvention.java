package dev.servicebus.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and key values of the observation of a batch that a listener processes.
 * Thread-safe.
 *
 * @see DefaultServiceBusBatchProcessObservationConvention
 */
public interface ServiceBusBatchProcessObservationConvention
		extends ObservationConvention<ServiceBusBatchProcessContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ServiceBusBatchProcessContext;
	}

}
