package dev.servicebus.emulator.amqp;

import java.time.InstantSource;

import dev.servicebus.emulator.amqp.management.ManagementOperations;
import dev.servicebus.emulator.entity.Namespace;

/**
 * What all connections share.
 *
 * @param namespace the entities
 * @param authority judges clients
 * @param clock the time of the broker, which tests can move
 * @param wallClock the time that clients have, too: what tokens are measured by
 * @param operations what management nodes can do
 */
record BrokerContext(Namespace namespace, Authority authority, InstantSource clock, InstantSource wallClock,
		ManagementOperations operations) {

}
