package dev.servicebus.emulator.delivery;

import dev.servicebus.emulator.store.BrokerMessage;

/**
 * Where a queue's dead letters go.
 */
@FunctionalInterface
public interface DeadLetterSink {

	/**
	 * Takes a message that has just left its queue, with the reason among its properties.
	 */
	void accept(BrokerMessage message);

}
