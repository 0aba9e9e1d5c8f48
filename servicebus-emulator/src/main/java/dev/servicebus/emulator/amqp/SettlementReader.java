package dev.servicebus.emulator.amqp;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.emulator.delivery.DeadLetterReason;
import dev.servicebus.emulator.delivery.Settlement;
import org.jspecify.annotations.Nullable;

/**
 * What the outcome of a delivery means to Service Bus, and how it is confirmed.
 */
final class SettlementReader {

	private static final DeliveryState MODIFIED = new DeliveryState.Modified(null, null, Map.of());

	private static final DeliveryState REJECTED = new DeliveryState.Rejected(null);

	private SettlementReader() {
	}

	/**
	 * Returns whether the state says what becomes of a message.
	 */
	static boolean isOutcome(DeliveryState state) {
		return state instanceof DeliveryState.Accepted || state instanceof DeliveryState.Released
				|| state instanceof DeliveryState.Rejected || state instanceof DeliveryState.Modified;
	}

	/**
	 * Reads an outcome.
	 * @throws dev.servicebus.emulator.store.BrokerException if it holds a value out of
	 * its range
	 */
	static Settlement read(DeliveryState outcome) {
		if (outcome instanceof DeliveryState.Released) {
			return Settlement.release();
		}
		if (outcome instanceof DeliveryState.Rejected rejected) {
			return deadLetter(rejected.error());
		}
		if (outcome instanceof DeliveryState.Modified modified) {
			Map<String, @Nullable Object> properties = withTextKeys(modified.annotations());
			// Clients differ in what they say about delivery-failed; it means nothing.
			return Boolean.TRUE.equals(modified.undeliverableHere()) ? Settlement.defer(properties)
					: Settlement.abandon(properties);
		}
		return Settlement.complete();
	}

	/**
	 * The confirmation of an outcome: one of the same type, and an error in it would mean
	 * failure.
	 */
	static DeliveryState confirmation(DeliveryState outcome) {
		if (outcome instanceof DeliveryState.Modified) {
			return MODIFIED;
		}
		return (outcome instanceof DeliveryState.Rejected) ? REJECTED : outcome;
	}

	private static Settlement deadLetter(@Nullable AmqpError error) {
		if (error == null) {
			return Settlement.deadLetter(null, null, Map.of());
		}
		Map<String, @Nullable Object> properties = withTextKeys(error.info());
		Object reason = properties.remove(DeadLetterReason.REASON_PROPERTY);
		Object description = properties.remove(DeadLetterReason.DESCRIPTION_PROPERTY);
		return Settlement.deadLetter(text(reason, null), text(description, error.description()), properties);
	}

	private static @Nullable String text(@Nullable Object value, @Nullable String fallback) {
		return (value != null) ? value.toString() : fallback;
	}

	private static Map<String, @Nullable Object> withTextKeys(Map<?, ?> map) {
		Map<String, @Nullable Object> result = new LinkedHashMap<>();
		map.forEach((key, value) -> result.put(String.valueOf(key), value));
		return result;
	}

}
