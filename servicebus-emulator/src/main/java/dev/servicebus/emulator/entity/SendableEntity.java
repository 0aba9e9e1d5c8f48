package dev.servicebus.emulator.entity;

import java.util.List;

import dev.servicebus.emulator.store.MessageContent;

/**
 * What takes messages: the target of a sender. Belongs to the broker's loop. Every method
 * may throw a {@link dev.servicebus.emulator.store.BrokerException}, and has then done
 * nothing.
 */
public interface SendableEntity {

	/**
	 * The path of the entity, as it was created.
	 */
	String path();

	/**
	 * The size of the largest message that the entity takes, in bytes.
	 */
	long maxMessageSize();

	/**
	 * Refuses to take any message at present: before a sender is let in.
	 */
	void checkSending();

	/**
	 * Adds a sender, to be told when the entity is deleted.
	 */
	Sender.Registration register(Sender sender);

	/**
	 * Takes one message, or schedules it if its scheduled time lies in the future.
	 */
	void enqueue(MessageContent message);

	/**
	 * Takes several messages, all or none.
	 */
	void enqueue(List<? extends MessageContent> messages);

	/**
	 * Schedules messages, all or none. One whose time has passed becomes active at once.
	 * @return their sequence numbers in the same order, good for cancelling
	 */
	long[] schedule(List<? extends MessageContent> messages);

	/**
	 * Accepts messages for a transaction, all or none. They count against the size of the
	 * entity at once, but nobody sees them before the commit.
	 */
	PreparedMessages prepare(List<? extends MessageContent> messages);

	/**
	 * Takes scheduled messages back, all or none.
	 */
	void cancelScheduled(long... sequenceNumbers);

}
