package dev.servicebus.emulator.delivery;

import dev.servicebus.emulator.store.BrokerException;

/**
 * Who gets the ready messages of a {@link DeliveryQueue}.
 */
interface Distribution {

	/**
	 * Lets a consumer of single messages take part.
	 */
	ConsumerRegistration register(Consumer consumer);

	/**
	 * How many consumers there are.
	 */
	int consumers();

	/**
	 * Delivers as long as there are both a ready message and demand for it. A call from
	 * within a delivery returns at once; the outer one goes on with what is new.
	 */
	void dispatch();

	/**
	 * Ends all consumers, and those who wait to become one.
	 */
	void endAll(BrokerException reason);

}
