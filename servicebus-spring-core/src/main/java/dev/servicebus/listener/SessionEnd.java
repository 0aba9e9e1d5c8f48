package dev.servicebus.listener;

/**
 * Why a container has no longer a session.
 */
public enum SessionEnd {

	/** It had no messages for the idle timeout. */
	IDLE,

	/** The listener has given it back. */
	RELEASED,

	/**
	 * A message could not be handled and the failure policy or the error handler says to
	 * give it back.
	 */
	PARKED,

	/** Its lock was lost. */
	LOST,

	/** The container has stopped. */
	STOPPED

}
