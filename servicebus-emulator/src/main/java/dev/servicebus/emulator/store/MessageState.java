package dev.servicebus.emulator.store;

/**
 * Where a message stands. Being locked is not a state of its own: active and deferred
 * messages can be.
 */
public enum MessageState {

	/** Delivered to whoever asks, in the order of the sequence numbers. */
	ACTIVE,

	/** Set aside by a receiver; handed out only by its sequence number. */
	DEFERRED,

	/** Waits for its time under a provisional sequence number. */
	SCHEDULED

}
