package dev.servicebus.amqp.simulation;

/**
 * The way bytes take through a simulated connection.
 */
public enum Direction {

	/** From the side that dialled to the side that listens. */
	TO_LISTENER,

	/** From the side that listens to the side that dialled. */
	TO_DIALER,

	/** Both ways. */
	BOTH;

	boolean includes(Direction other) {
		return this == BOTH || this == other;
	}

}
