package dev.servicebus.message;

/**
 * Where in its life a message stands.
 */
public enum MessageState {

	/** It can be received. */
	ACTIVE,

	/** It can only be received by its sequence number. */
	DEFERRED,

	/** It waits for its scheduled time. */
	SCHEDULED

}
