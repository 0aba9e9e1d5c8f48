package dev.servicebus.emulator.amqp.fault;

import java.util.concurrent.Executor;

import dev.servicebus.emulator.fault.FaultError;

/**
 * Something that a client wants, and the ways in which it can end.
 */
interface Passage {

	/**
	 * Does what the client wants.
	 * @param answers runs whatever tells the client, at once, later or never
	 */
	void goOn(Executor answers);

	/**
	 * Tells the client that it fails.
	 */
	void refuse(FaultError error);

	/**
	 * Closes the client's link.
	 */
	void detach(FaultError error);

}
