package dev.servicebus.emulator.fault;

import java.time.Instant;

/**
 * A fault that has happened. Immutable.
 *
 * @param at when, in the emulator's time
 * @param point where
 * @param entity the entity, or the node, that the client dealt with; empty if there was
 * none
 * @param operation what the client did there; empty if the point says it
 * @param action what went wrong
 */
public record FiredFault(Instant at, FaultPoint point, String entity, String operation, FaultAction action) {

}
