package dev.servicebus.emulator.fault;

import java.time.Duration;

/**
 * What goes wrong.
 */
public sealed interface FaultAction {

	/**
	 * What the client wants is not done; it is told so.
	 */
	record Refuse(FaultError error) implements FaultAction {

	}

	/**
	 * What the client wants is not done; its link is closed instead.
	 */
	record Detach(FaultError error) implements FaultAction {

	}

	/**
	 * What the client wants is not done; the AMQP sessions of its connection are ended
	 * instead.
	 */
	record EndSessions(FaultError error) implements FaultAction {

	}

	/**
	 * What the client wants is not done; its connection is closed instead.
	 */
	record CloseConnection(FaultError error) implements FaultAction {

	}

	/**
	 * What the client wants is not done; its connection is cut.
	 */
	record DropConnection() implements FaultAction {

	}

	/**
	 * What the client wants is done; its connection is cut before it hears so.
	 */
	record DropInsteadOfAnswering() implements FaultAction {

	}

	/**
	 * What the client wants is not done, and it is told nothing.
	 */
	record Ignore() implements FaultAction {

	}

	/**
	 * What the client wants is done, and it is told nothing.
	 */
	record SwallowAnswer() implements FaultAction {

	}

	/**
	 * What the client wants is done at once; it is told so later, in the emulator's time.
	 */
	record DelayAnswer(Duration delay) implements FaultAction {

	}

	/**
	 * The connection stays open, but no byte passes any more in either direction.
	 */
	record BlackHole() implements FaultAction {

	}

}
