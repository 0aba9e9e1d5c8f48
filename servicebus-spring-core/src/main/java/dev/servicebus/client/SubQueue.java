package dev.servicebus.client;

/**
 * The part of a queue or subscription that a receiver reads.
 */
public enum SubQueue {

	/** The entity itself. */
	NONE(""),

	/** Messages that could not be delivered or processed. */
	DEAD_LETTER("/$DeadLetterQueue"),

	/** Messages that could not be forwarded. */
	TRANSFER_DEAD_LETTER("/$Transfer/$DeadLetterQueue");

	private final String pathSuffix;

	SubQueue(String pathSuffix) {
		this.pathSuffix = pathSuffix;
	}

	String pathSuffix() {
		return this.pathSuffix;
	}

}
