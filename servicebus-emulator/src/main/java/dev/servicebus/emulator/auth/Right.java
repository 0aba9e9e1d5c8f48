package dev.servicebus.emulator.auth;

/**
 * What a rule lets its holder do.
 */
public enum Right {

	/** Receive, peek and settle messages. */
	LISTEN,

	/** Send, schedule and cancel messages. */
	SEND,

	/** Create, change and delete entities; implies the other two. */
	MANAGE

}
