package dev.servicebus.listener.container;

/**
 * Hears what a listener has thrown that concerns its whole container.
 */
interface FatalErrors {

	/**
	 * The virtual machine is in trouble. The container goes on, but nobody knows what
	 * still works.
	 */
	void doubt(Throwable error);

	/**
	 * The container is to stop.
	 */
	void stop(Throwable error);

}
