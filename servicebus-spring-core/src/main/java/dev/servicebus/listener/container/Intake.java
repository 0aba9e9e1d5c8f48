package dev.servicebus.listener.container;

import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.ServiceBusException;

/**
 * Brings the messages of one run of a container. Thread-safe; no method blocks.
 */
interface Intake {

	/**
	 * Opens the source. Nothing comes before there is a demand.
	 */
	void open();

	/**
	 * Sets how many messages, or sessions, can be worked on at the same time; 0 pauses.
	 */
	void demand(int number);

	/**
	 * Ends the intake.
	 * @return completes when nothing can come any more
	 */
	CompletableFuture<Void> stop();

	/**
	 * Completes when what was taken in has come to an end and everything but the source
	 * is closed. To be called when nothing can come any more.
	 */
	default CompletableFuture<Void> whenIdle() {
		return CompletableFuture.completedFuture(null);
	}

	/**
	 * Closes the source, with what is left in it.
	 */
	void close();

	/**
	 * Hears whether messages can come.
	 */
	interface Listener {

		void onFailure(ServiceBusException failure);

		void onReady();

	}

}
