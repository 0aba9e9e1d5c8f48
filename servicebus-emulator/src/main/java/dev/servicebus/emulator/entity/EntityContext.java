package dev.servicebus.emulator.entity;

import java.util.function.Function;

import dev.servicebus.emulator.delivery.DeliveryContext;

/**
 * What all entities of a namespace share.
 *
 * @param delivery the time and the lock tokens
 * @param targets finds the entity to which messages are forwarded, by its path; throws if
 * there is none
 */
record EntityContext(DeliveryContext delivery, Function<String, ForwardTarget> targets) {

}
