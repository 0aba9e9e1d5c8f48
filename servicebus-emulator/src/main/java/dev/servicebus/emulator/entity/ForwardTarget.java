package dev.servicebus.emulator.entity;

import dev.servicebus.emulator.delivery.Arrival;

/**
 * What messages can be forwarded to: a queue or a topic.
 */
interface ForwardTarget {

	/**
	 * Takes a message from another entity.
	 * @throws dev.servicebus.emulator.store.BrokerException if it must not; it has then
	 * done nothing
	 */
	void takeForwarded(Arrival message);

}
