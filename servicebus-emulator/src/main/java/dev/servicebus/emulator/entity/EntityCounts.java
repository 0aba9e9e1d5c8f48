package dev.servicebus.emulator.entity;

/**
 * How many messages an entity holds with its sub-queues. Immutable.
 *
 * @param active active messages, locked ones included
 * @param locked messages that somebody has locked
 * @param deferred deferred messages
 * @param scheduled messages that wait for their time
 * @param deadLettered messages in the dead-letter queue
 * @param transferDeadLettered messages in the transfer dead-letter queue
 * @param sizeInBytes the encoded size of all of them
 */
public record EntityCounts(int active, int locked, int deferred, int scheduled, int deadLettered,
		int transferDeadLettered, long sizeInBytes) {

}
