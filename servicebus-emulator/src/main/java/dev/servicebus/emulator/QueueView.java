package dev.servicebus.emulator;

import java.util.List;

import dev.servicebus.emulator.entity.EntityCounts;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.Queue;
import dev.servicebus.emulator.entity.SubQueue;

/**
 * A look into one queue of a running emulator. Every method shows the present and throws
 * a {@link dev.servicebus.emulator.store.BrokerException} if the queue does not exist.
 * Thread-safe.
 */
public final class QueueView {

	private final RunningEmulator emulator;

	private final String path;

	QueueView(RunningEmulator emulator, String path) {
		this.emulator = emulator;
		this.path = path;
	}

	public String path() {
		return this.path;
	}

	/**
	 * How the queue behaves.
	 */
	public EntityOptions options() {
		return this.emulator.call(() -> queue().options());
	}

	/**
	 * Changes how the queue behaves, see {@link Queue#update(EntityOptions)}.
	 */
	public void update(EntityOptions options) {
		this.emulator.run(() -> queue().update(options));
	}

	/**
	 * How many messages there are.
	 */
	public EntityCounts counts() {
		return this.emulator.call(() -> queue().counts());
	}

	/**
	 * How many clients receive from the queue at present, its sub-queues not included.
	 */
	public int consumers() {
		return this.emulator.call(() -> queue().source(SubQueue.NONE).consumers());
	}

	/**
	 * All messages, whatever their state, in ascending order of their sequence numbers.
	 */
	public List<StoredMessage> messages() {
		return messages(SubQueue.NONE);
	}

	/**
	 * All messages in the dead-letter queue.
	 */
	public List<StoredMessage> deadLetters() {
		return messages(SubQueue.DEAD_LETTER);
	}

	/**
	 * Removes all messages, dead letters too.
	 */
	public void purge() {
		this.emulator.run(() -> queue().purge());
	}

	private List<StoredMessage> messages(SubQueue subQueue) {
		return this.emulator.call(() -> queue().source(subQueue).snapshot().stream().map(StoredMessage::of).toList());
	}

	private Queue queue() {
		return this.emulator.namespace().queue(this.path);
	}

	@Override
	public String toString() {
		return "QueueView[" + this.path + "]";
	}

}
