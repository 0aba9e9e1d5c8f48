package dev.servicebus.emulator.delivery;

/**
 * A consumer's place at its queue.
 */
public interface ConsumerRegistration {

	/**
	 * Tells that the consumer's demand may have grown. What is available for it is
	 * delivered before this method returns.
	 */
	void demandChanged();

	/**
	 * Ends the registration: no delivery follows. The locks of messages that the consumer
	 * holds stay until they are settled or expire. Harmless when it has ended already.
	 */
	void cancel();

}
