package dev.servicebus.emulator.amqp;

import java.time.InstantSource;

import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.emulator.amqp.management.ManagementOperations;
import dev.servicebus.emulator.auth.Authority;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.time.BrokerTimers;

/**
 * What all connections share.
 *
 * @param namespace the entities
 * @param authority judges clients
 * @param timers the time of the broker, which tests can move
 * @param loop the broker's loop; its clock is the one that clients have, too, and by
 * which they make tokens
 * @param operations what management nodes can do
 */
record BrokerContext(Namespace namespace, Authority authority, BrokerTimers timers, EventLoop loop,
		ManagementOperations operations) {

	InstantSource clock() {
		return this.timers.clock();
	}

}
