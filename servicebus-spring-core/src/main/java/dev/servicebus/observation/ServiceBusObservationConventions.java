package dev.servicebus.observation;

import org.jspecify.annotations.Nullable;

/**
 * Conventions of an application's own. Immutable.
 *
 * @param send for messages that are sent, {@code null} for the default
 * @param process for messages that listeners process, {@code null} for the default
 * @param batch for batches that listeners process, {@code null} for the default
 * @param receive for calls that receive, {@code null} for the default
 * @param settle for settlements, {@code null} for the default
 */
public record ServiceBusObservationConventions(@Nullable ServiceBusSendObservationConvention send,
		@Nullable ServiceBusProcessObservationConvention process,
		@Nullable ServiceBusBatchProcessObservationConvention batch,
		@Nullable ServiceBusReceiveObservationConvention receive,
		@Nullable ServiceBusSettleObservationConvention settle) {

	/** The defaults of all. */
	public static final ServiceBusObservationConventions DEFAULT = new ServiceBusObservationConventions(null, null,
			null, null, null);

}
