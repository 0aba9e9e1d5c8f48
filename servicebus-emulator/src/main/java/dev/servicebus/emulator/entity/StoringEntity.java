package dev.servicebus.emulator.entity;

/**
 * What keeps messages until they are received: a queue or a subscription, with its
 * dead-letter sub-queues. Belongs to the broker's loop.
 */
public sealed interface StoringEntity extends ConfigurableEntity permits Queue, Subscription {

	/**
	 * The entity itself or one of its sub-queues, to receive from.
	 */
	ReceivableEntity source(SubQueue subQueue);

	EntityCounts counts();

	/**
	 * Removes all messages, those of the sub-queues too.
	 */
	void purge();

	/**
	 * Forgets all that has happened: messages, states of sessions, ids of earlier
	 * messages. Consumers stay.
	 */
	void clear();

}
