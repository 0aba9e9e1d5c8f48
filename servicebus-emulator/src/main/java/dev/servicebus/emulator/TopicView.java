package dev.servicebus.emulator;

import java.util.List;

import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.Subscription;
import dev.servicebus.emulator.entity.Topic;

/**
 * A look into one topic of a running emulator. Every method shows the present and throws
 * a {@link dev.servicebus.emulator.store.BrokerException} if the topic does not exist.
 * Thread-safe.
 */
public final class TopicView {

	private final RunningEmulator emulator;

	private final String path;

	TopicView(RunningEmulator emulator, String path) {
		this.emulator = emulator;
		this.path = path;
	}

	public String path() {
		return this.path;
	}

	/**
	 * How the topic behaves.
	 */
	public EntityOptions options() {
		return this.emulator.call(() -> topic().options());
	}

	/**
	 * Changes how the topic behaves, see {@link Topic#update(EntityOptions)}.
	 */
	public void update(EntityOptions options) {
		this.emulator.run(() -> topic().update(options));
	}

	/**
	 * The messages that wait for their time, in ascending order of their sequence
	 * numbers. A topic keeps no others.
	 */
	public List<StoredMessage> scheduled() {
		return this.emulator.call(() -> topic().scheduled().stream().map(StoredMessage::of).toList());
	}

	/**
	 * The names of its subscriptions, in alphabetical order.
	 */
	public List<String> subscriptions() {
		return this.emulator.call(() -> topic().subscriptions().stream().map(Subscription::name).toList());
	}

	/**
	 * A view of a subscription. It does not have to exist yet.
	 */
	public SubscriptionView subscription(String name) {
		return new SubscriptionView(this.emulator, this.path, name);
	}

	/**
	 * Removes all messages, those of the subscriptions too.
	 */
	public void purge() {
		this.emulator.run(() -> topic().purge());
	}

	private Topic topic() {
		return this.emulator.namespace().topic(this.path);
	}

	@Override
	public String toString() {
		return "TopicView[" + this.path + "]";
	}

}
