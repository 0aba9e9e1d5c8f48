package dev.servicebus.emulator.entity;

/**
 * An entity with options: a queue, a topic or a subscription. Belongs to the broker's
 * loop.
 */
public sealed interface ConfigurableEntity permits StoringEntity, Topic {

	/**
	 * Its path as it was created, that of a subscription with its topic.
	 */
	String path();

	/**
	 * How it behaves.
	 */
	EntityOptions options();

	/**
	 * When something happened to it.
	 */
	EntityTimes times();

	/**
	 * Changes how it behaves. Locks and expiry times that messages have already stay as
	 * they are. If receiving is disabled by this, all consumers are ended.
	 * @throws dev.servicebus.emulator.store.BrokerException if the options differ in
	 * something that is fixed when an entity is created: sessions and duplicate detection
	 */
	void update(EntityOptions newOptions);

}
