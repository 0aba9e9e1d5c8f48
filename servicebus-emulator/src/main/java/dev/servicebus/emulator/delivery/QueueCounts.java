package dev.servicebus.emulator.delivery;

/**
 * How many messages one queue or sub-queue holds. Immutable.
 *
 * @param active active messages, locked ones included
 * @param locked messages that somebody has locked, deferred ones included
 * @param deferred deferred messages
 * @param scheduled messages that wait for their time
 * @param sizeInBytes the encoded size of all of them
 */
public record QueueCounts(int active, int locked, int deferred, int scheduled, long sizeInBytes) {

}
