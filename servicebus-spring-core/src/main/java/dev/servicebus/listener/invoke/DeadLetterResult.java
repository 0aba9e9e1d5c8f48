package dev.servicebus.listener.invoke;

/**
 * What becomes of a message when a method has returned that is called before it is
 * dead-lettered.
 */
public enum DeadLetterResult {

	/** It is dead-lettered. */
	DEAD_LETTER,

	/** It is completed: the method has taken care of it. */
	COMPLETE

}
