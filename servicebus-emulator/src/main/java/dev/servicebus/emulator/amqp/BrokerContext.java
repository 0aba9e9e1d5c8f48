package dev.servicebus.emulator.amqp;

import java.time.InstantSource;

import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.emulator.amqp.management.ManagementOperations;
import dev.servicebus.emulator.auth.Authority;
import dev.servicebus.emulator.entity.Namespace;

/**
 * What all connections share.
 *
 * @param namespace the entities
 * @param authority judges clients
 * @param clock the time of the broker, which tests can move
 * @param loop the broker's loop; its clock is the one that clients have, too, and that
 * tokens are measured by
 * @param operations what management nodes can do
 */
record BrokerContext(Namespace namespace, Authority authority, InstantSource clock, EventLoop loop,
		ManagementOperations operations) {

}
