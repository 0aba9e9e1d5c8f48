package dev.servicebus.emulator.entity;

/**
 * What becomes of an operation on an entity that nobody has created.
 */
public enum MissingEntities {

	/** It fails, as it does in Service Bus. */
	REFUSE,

	/**
	 * It is created: a queue, or a subscription and its topic where the address is that
	 * of a subscription.
	 */
	CREATE

}
