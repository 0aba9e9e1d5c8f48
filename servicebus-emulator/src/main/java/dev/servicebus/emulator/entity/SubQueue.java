package dev.servicebus.emulator.entity;

/**
 * The parts of a queue or subscription that can be received from.
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

	/**
	 * What an address appends to the path of the entity, for example
	 * {@code /$DeadLetterQueue}.
	 */
	public String pathSuffix() {
		return this.pathSuffix;
	}

}
