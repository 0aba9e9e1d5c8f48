package dev.servicebus.client.admin;

/**
 * How many messages an entity holds. Immutable.
 *
 * @param total all of them
 * @param active those that can be received, or are locked at the moment
 * @param deadLetter those in the dead-letter queue
 * @param scheduled those that wait for their time
 * @param transfer those on their way to another entity
 * @param transferDeadLetter those that could not be moved to another entity
 */
public record MessageCounts(long total, long active, long deadLetter, long scheduled, long transfer,
		long transferDeadLetter) {

}
