package dev.servicebus.emulator;

import java.util.List;

import dev.servicebus.emulator.entity.EntityCounts;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.StoringEntity;
import dev.servicebus.emulator.entity.SubQueue;
import dev.servicebus.emulator.session.SessionSnapshot;

/**
 * A look into a queue or subscription of a running emulator. Every method shows the
 * present and throws a {@link dev.servicebus.emulator.store.BrokerException} if the
 * entity does not exist. Thread-safe.
 */
public abstract sealed class EntityView permits QueueView, SubscriptionView {

	private final RunningEmulator emulator;

	private final String path;

	EntityView(RunningEmulator emulator, String path) {
		this.emulator = emulator;
		this.path = path;
	}

	/**
	 * The path by which clients receive from it, for example {@code orders} or
	 * {@code news/Subscriptions/all}.
	 */
	public String path() {
		return this.path;
	}

	/**
	 * How the entity behaves.
	 */
	public EntityOptions options() {
		return this.emulator.call(() -> entity().options());
	}

	/**
	 * Changes how the entity behaves, see {@link StoringEntity#update(EntityOptions)}.
	 */
	public void update(EntityOptions options) {
		this.emulator.run(() -> entity().update(options));
	}

	/**
	 * How many messages there are.
	 */
	public EntityCounts counts() {
		return this.emulator.call(() -> entity().counts());
	}

	/**
	 * How many clients receive from the entity at present, its sub-queues not included.
	 */
	public int consumers() {
		return this.emulator.call(() -> entity().source(SubQueue.NONE).consumers());
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
	 * All messages in the transfer dead-letter queue: those that could not be forwarded.
	 */
	public List<StoredMessage> transferDeadLetters() {
		return messages(SubQueue.TRANSFER_DEAD_LETTER);
	}

	/**
	 * All sessions that have messages or a state, or that a client holds. An entity
	 * without sessions refuses to show any.
	 */
	public List<SessionSnapshot> sessions() {
		return this.emulator.call(() -> entity().source(SubQueue.NONE).sessions().snapshot());
	}

	/**
	 * Removes all messages, dead letters too.
	 */
	public void purge() {
		this.emulator.run(() -> entity().purge());
	}

	final RunningEmulator emulator() {
		return this.emulator;
	}

	abstract StoringEntity entity();

	private List<StoredMessage> messages(SubQueue subQueue) {
		return this.emulator.call(() -> entity().source(subQueue).snapshot().stream().map(StoredMessage::of).toList());
	}

	@Override
	public String toString() {
		return getClass().getSimpleName() + "[" + this.path + "]";
	}

}
