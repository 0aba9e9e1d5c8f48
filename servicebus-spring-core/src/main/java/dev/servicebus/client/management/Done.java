package dev.servicebus.client.management;

/**
 * The result of requests that have none but their success.
 */
public enum Done {

	/** The broker has done what it was asked for. */
	DONE

}
