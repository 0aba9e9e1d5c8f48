package dev.servicebus.samples.orders;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What a customer wants. Travels as JSON, over HTTP and in messages.
 *
 * @param id chosen by the customer
 * @param kind how it goes with the order
 * @param item what is ordered
 * @param quantity how much of it
 */
record Order(String id, Kind kind, String item, int quantity) {

	/** It becomes the id of a message, which must not be longer. */
	private static final int MAX_ID_LENGTH = 128;

	Order {
		Assert.isTrue(StringUtils.hasText(id) && id.length() <= MAX_ID_LENGTH,
				"an order must have an id of at most " + MAX_ID_LENGTH + " characters");
		Assert.notNull(kind, "an order must have a kind");
		Assert.hasText(item, "an order must have an item");
		Assert.isTrue(quantity > 0, "an order must have a quantity above 0");
	}

	enum Kind {

		/** Is handled at once. */
		STANDARD,

		/** Takes longer than its message is locked. */
		SLOW,

		/** Can never be handled. */
		BROKEN

	}

}
