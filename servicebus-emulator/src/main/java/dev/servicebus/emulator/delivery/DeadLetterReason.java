package dev.servicebus.emulator.delivery;

import java.util.Map;

import dev.servicebus.emulator.store.BrokerException;

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

	/** A copy for a subscription with sessions belongs to none. */
	public static final String SESSION_ID_IS_NULL = "Session ID is null.";

	/** A filter or an action of a rule has failed on the message. */
	public static final String FILTER_EVALUATION = "FilterException";

	/** The message has been forwarded too often. */
	public static final String MAX_TRANSFER_HOP_COUNT_EXCEEDED = "MaxTransferHopCountExceeded";

	/** How often a message is forwarded at most. */
	public static final int MAX_HOPS = 4;

	private DeadLetterReason() {
	}

	static Map<String, String> maxDeliveryCountExceeded(int deliveries) {
		return properties(MAX_DELIVERY_COUNT_EXCEEDED,
				"Message could not be consumed after " + deliveries + " delivery attempts.");
	}

	static Map<String, String> timeToLiveExpired() {
		return properties(TTL_EXPIRED, "The message expired and was dead lettered.");
	}

	/**
	 * The properties of a copy that belongs to no session.
	 */
	public static Map<String, String> sessionIdIsNull() {
		return properties(SESSION_ID_IS_NULL,
				"Session enabled entity doesn't allow a message whose session identifier is null.");
	}

	/**
	 * The properties of a message on which a rule has failed.
	 * @param failure what the rule says
	 */
	public static Map<String, String> filterEvaluation(String failure) {
		return properties(FILTER_EVALUATION, failure);
	}

	/**
	 * The properties of a message that has been forwarded too often.
	 */
	public static Map<String, String> maxTransferHopCountExceeded() {
		return properties(MAX_TRANSFER_HOP_COUNT_EXCEEDED,
				"The maximum number of allowed hops when forwarding between queues has been exceeded. Value is set to "
						+ MAX_HOPS + ".");
	}

	/**
	 * The properties of a message that the entity to which it should go on refuses.
	 */
	public static Map<String, String> notForwarded(BrokerException refusal) {
		return properties(refusal.error().name(), String.valueOf(refusal.getMessage()));
	}

	private static Map<String, String> properties(String reason, String description) {
		return Map.of(REASON_PROPERTY, reason, DESCRIPTION_PROPERTY, description);
	}

}
