package dev.servicebus.emulator.entity;

/**
 * What keeps messages until they are received: a queue or a subscription, with its
 * dead-letter sub-queues. Belongs to the broker's loop.
 */
public interface StoringEntity {

	/**
	 * The path of the entity, as it was created.
	 */
	String path();

	/**
	 * How it behaves.
	 */
	EntityOptions options();

	EntityTimes times();

	/**
	 * Changes the behavior. Locks and expiry times that messages have already stay as
	 * they are. If receiving is disabled by this, all consumers are ended.
	 * @throws dev.servicebus.emulator.store.BrokerException if the options differ in
	 * something that is fixed when the entity is created: sessions and duplicate
	 * detection
	 */
	void update(EntityOptions newOptions);

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
