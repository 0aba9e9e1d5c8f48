package dev.servicebus.emulator.entity;

/**
 * What becomes of an operation on a queue that nobody has created.
 */
public enum MissingEntities {

	/** It fails, as it does in Service Bus. */
	REFUSE,

	/** The queue is created. */
	CREATE_QUEUE

}
