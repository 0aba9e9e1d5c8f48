package dev.servicebus.client.amqp;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The senders of a client, one for each entity. Entities may be named by messages, as
 * reply-to addresses are, so there is no end of them: when there are many, those that
 * have not been used for longest are forgotten and their links detached. Whoever still
 * holds one can go on using it. Thread-safe.
 */
final class Senders {

	/** More than most applications send to; a connection does not take any number. */
	static final int MAX_KEPT = 500;

	/** So that not each new one means to look for an old one. */
	private static final int KEPT_AFTERWARDS = MAX_KEPT * 3 / 4;

	private final Map<String, AmqpSender> byPath = new ConcurrentHashMap<>();

	/** Only needed to end what is under way; confined to the loop. */
	private final Set<SendQueue> forgotten = Collections.newSetFromMap(new WeakHashMap<>());

	private final ClientCore core;

	private final ManagementNodes managements;

	Senders(ClientCore core, ManagementNodes managements) {
		this.core = core;
		this.managements = managements;
	}

	AmqpSender of(String entityPath) {
		AmqpSender known = this.byPath.get(entityPath);
		if (known != null) {
			return known;
		}
		AmqpSender sender = this.byPath.computeIfAbsent(entityPath,
				(path) -> new AmqpSender(new SendQueue(this.core, path), this.managements.of(path), this.core.terms(),
						this::closed));
		if (this.byPath.size() > MAX_KEPT) {
			this.core.executeUnlessEnded(this::forgetIdle);
		}
		return sender;
	}

	/**
	 * How many are kept.
	 */
	int size() {
		return this.byPath.size();
	}

	/**
	 * Does something with the sends of all senders; to be called on the loop.
	 */
	void forEachQueue(Consumer<SendQueue> action) {
		this.byPath.values().forEach((sender) -> action.accept(sender.queue()));
		this.forgotten.forEach(action);
	}

	/**
	 * Whoever asks for the sender of the entity again gets another one.
	 */
	private void closed(SendQueue queue) {
		this.byPath.computeIfPresent(queue.entityPath(), (path, sender) -> (sender.queue() != queue) ? sender : null);
	}

	private void forgetIdle() {
		int tooMany = this.byPath.size() - KEPT_AFTERWARDS;
		if (tooMany <= MAX_KEPT - KEPT_AFTERWARDS) {
			return;
		}
		List<SendQueue> idle = this.byPath.values()
			.stream()
			.map(AmqpSender::queue)
			.filter(SendQueue::isIdle)
			.sorted((one, other) -> Long.signum(one.idleSince() - other.idleSince()))
			.limit(tooMany)
			.toList();
		for (SendQueue queue : idle) {
			closed(queue);
			this.forgotten.add(queue);
			queue.rest();
			this.managements.forget(queue.entityPath());
		}
	}

}
