package dev.servicebus.emulator.entity;

import java.util.List;

import dev.servicebus.emulator.store.BrokerMessage;

/**
 * What shows its messages: the entity behind a management node. Belongs to the broker's
 * loop.
 */
public interface BrowsableEntity {

	/**
	 * The path of the entity with its sub-queue.
	 */
	String path();

	/**
	 * The size of the largest message that the entity takes, in bytes.
	 */
	long maxMessageSize();

	/**
	 * Shows messages of every state, ascending from {@code fromSequenceNumber}, without
	 * touching them.
	 * @throws dev.servicebus.emulator.store.BrokerException if it must not at present
	 */
	List<BrokerMessage> peek(long fromSequenceNumber, int maxCount);

}
