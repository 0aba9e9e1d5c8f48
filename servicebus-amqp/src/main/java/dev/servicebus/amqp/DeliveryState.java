package dev.servicebus.amqp;

import java.util.Map;

import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * The state of a delivery as a disposition or transfer carries it (AMQP 1.0 sections 3.4
 * and 4.5). Immutable.
 */
public sealed interface DeliveryState {

	/**
	 * The message was taken.
	 */
	record Accepted() implements DeliveryState {

		public static final Accepted INSTANCE = new Accepted();

	}

	/**
	 * The message is unusable or unwanted.
	 *
	 * @param error why, if the peer says so
	 */
	record Rejected(@Nullable AmqpError error) implements DeliveryState {

	}

	/**
	 * The message was not processed and may be delivered to anybody again.
	 */
	record Released() implements DeliveryState {

		public static final Released INSTANCE = new Released();

	}

	/**
	 * The message was not processed, and something about it changes.
	 *
	 * @param deliveryFailed whether the attempt counts as a failed delivery, {@code null}
	 * if not said
	 * @param undeliverableHere whether it must not come back to this link, {@code null}
	 * if not said
	 * @param annotations entries to merge into the message
	 */
	record Modified(@Nullable Boolean deliveryFailed, @Nullable Boolean undeliverableHere,
			Map<?, @Nullable Object> annotations) implements DeliveryState {

	}

	/**
	 * How much of a delivery has arrived; never final.
	 *
	 * @param sectionNumber the section
	 * @param sectionOffset the offset in it
	 */
	record Received(long sectionNumber, long sectionOffset) implements DeliveryState {

	}

	/**
	 * A transaction exists; the answer to its declaration.
	 *
	 * @param transactionId identifies it on this connection
	 */
	record Declared(byte[] transactionId) implements DeliveryState {

	}

	/**
	 * The work belongs to a transaction.
	 *
	 * @param transactionId the transaction
	 * @param outcome what becomes of the delivery when it commits
	 */
	record Transactional(byte[] transactionId, @Nullable DeliveryState outcome) implements DeliveryState {

	}

}
