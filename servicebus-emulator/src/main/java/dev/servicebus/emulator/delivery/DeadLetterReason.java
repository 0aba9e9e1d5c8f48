package dev.servicebus.emulator.delivery;

import java.util.Map;

/**
 * Why the broker itself moves a message to the dead-letter queue, and the application
 * properties that say so.
 */
public final class DeadLetterReason {

	/** The application property that holds the reason. */
	public static final String REASON_PROPERTY = "DeadLetterReason";

	/** The application property that holds the details. */
	public static final String DESCRIPTION_PROPERTY = "DeadLetterErrorDescription";

	/** The message has been delivered in vain too many times. */
	public static final String MAX_DELIVERY_COUNT_EXCEEDED = "MaxDeliveryCountExceeded";

	/** The message has outlived its time to live. */
	public static final String TTL_EXPIRED = "TTLExpiredException";

	private DeadLetterReason() {
	}

	static Map<String, String> maxDeliveryCountExceeded(int deliveries) {
		return properties(MAX_DELIVERY_COUNT_EXCEEDED,
				"Message could not be consumed after " + deliveries + " delivery attempts.");
	}

	static Map<String, String> timeToLiveExpired() {
		return properties(TTL_EXPIRED, "The message expired and was dead lettered.");
	}

	private static Map<String, String> properties(String reason, String description) {
		return Map.of(REASON_PROPERTY, reason, DESCRIPTION_PROPERTY, description);
	}

}
