package dev.servicebus.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and key values of the observation of a settlement. Thread-safe.
 *
 * @see DefaultServiceBusSettleObservationConvention
 */
public interface ServiceBusSettleObservationConvention extends ObservationConvention<ServiceBusSettleContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ServiceBusSettleContext;
	}

}
