package dev.servicebus.emulator.store;

/**
 * Numbers the messages of an entity: from 1, ascending, never twice. The entity's
 * sub-queues share it. Belongs to the broker's loop.
 */
public final class SequenceNumbers {

	private long last;

	public long next() {
		return ++this.last;
	}

}
