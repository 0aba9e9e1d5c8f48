package dev.servicebus.listener;

/**
 * What to do when a container cannot receive at its start.
 */
public enum StartupPolicy {

	/**
	 * Start anyway, report the failure and keep trying.
	 */
	RETRY,

	/**
	 * Wait until the container receives, and fail its start, and so the application's, if
	 * it cannot.
	 */
	FAIL,

	/**
	 * Start anyway and wait for an entity that may come later: until the container has
	 * received once, it is no failure that the broker cannot be reached or the entity
	 * does not exist or is disabled. The container keeps trying in the background. What
	 * waiting cannot cure, such as a refused credential, is reported as with
	 * {@link #RETRY}, and so is everything once the container has received.
	 */
	LAZY

}
