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
	FAIL

}
