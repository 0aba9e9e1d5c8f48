package dev.servicebus.emulator.entity;

import dev.servicebus.emulator.store.BrokerException;

/**
 * Somebody who sends to an entity over some time, for example a link. The broker calls it
 * on its loop.
 */
@FunctionalInterface
public interface Sender {

	/**
	 * The entity was deleted. One that is created under the same name later is another,
	 * to which the sender does not belong.
	 */
	void ended(BrokerException reason);

	/**
	 * A sender's place at its entity.
	 */
	@FunctionalInterface
	interface Registration {

		/**
		 * Ends the registration. Harmless when it has ended already.
		 */
		void cancel();

	}

}
