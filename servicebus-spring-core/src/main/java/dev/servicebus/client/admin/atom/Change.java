package dev.servicebus.client.admin.atom;

/**
 * What a description is written for.
 */
public enum Change {

	/** An entity that is not there yet. */
	CREATE,

	/** One that is. */
	UPDATE

}
