package dev.servicebus.emulator.entity;

import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;

import dev.servicebus.emulator.delivery.DeliveryContext;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import org.jspecify.annotations.Nullable;

/**
 * The entities of a broker by their paths, which compare without regard to case. Belongs
 * to the broker's loop.
 */
public final class Namespace {

	private final TreeMap<String, Queue> queues = new TreeMap<>();

	private final NamespaceOptions options;

	private final DeliveryContext context;

	/**
	 * Creates an empty namespace.
	 * @param options how it behaves
	 * @param context the time and the lock tokens of its queues
	 */
	public Namespace(NamespaceOptions options, DeliveryContext context) {
		this.options = options;
		this.context = context;
	}

	public NamespaceOptions options() {
		return this.options;
	}

	/**
	 * Creates a queue with the namespace's default options.
	 */
	public Queue createQueue(String path) {
		return createQueue(path, this.options.defaultOptions());
	}

	/**
	 * Creates a queue.
	 * @param path its name; may contain slashes
	 * @param queueOptions how it behaves
	 * @throws BrokerException if the path is malformed or taken
	 */
	public Queue createQueue(String path, EntityOptions queueOptions) {
		EntityName.checkPath(path);
		String key = EntityName.key(path);
		if (this.queues.containsKey(key)) {
			throw new BrokerException(BrokerError.ENTITY_ALREADY_EXISTS,
					"The messaging entity 'sb://" + this.options.name() + "/" + path + "' already exists.");
		}
		Queue queue = new Queue(new Admission(this.options.name(), path, queueOptions), this.context);
		this.queues.put(key, queue);
		return queue;
	}

	/**
	 * Deletes a queue with all its messages; its consumers are told.
	 * @throws BrokerException if there is none of that path
	 */
	public void deleteQueue(String path) {
		Queue queue = this.queues.remove(EntityName.key(path));
		if (queue == null) {
			throw notFound(path);
		}
		queue.delete();
	}

	public @Nullable Queue findQueue(String path) {
		return this.queues.get(EntityName.key(path));
	}

	/**
	 * The queue of that path.
	 * @throws BrokerException if there is none
	 */
	public Queue queue(String path) {
		Queue queue = findQueue(path);
		if (queue == null) {
			throw notFound(path);
		}
		return queue;
	}

	/**
	 * All queues in the order of their paths.
	 */
	public Collection<Queue> queues() {
		return Collections.unmodifiableCollection(this.queues.values());
	}

	/**
	 * What a receiver on {@code address} receives from. The address of a management node
	 * stands for the entity that it belongs to.
	 * @throws BrokerException if there is no such entity
	 */
	public ReceivableEntity source(EntityAddress address) {
		return resolve(address).source(address.subQueue());
	}

	/**
	 * What a sender on {@code address} sends to.
	 * @throws BrokerException if there is no such entity, or it cannot be sent to
	 */
	public SendableEntity target(EntityAddress address) {
		if (address.subQueue() != SubQueue.NONE) {
			throw new BrokerException(BrokerError.NOT_ALLOWED,
					"Messages cannot be sent to the sub-queue '" + address.path() + "'. Send to its entity instead.");
		}
		return resolve(address);
	}

	private Queue resolve(EntityAddress address) {
		Queue queue = findQueue(address.entity());
		if (queue != null) {
			return queue;
		}
		if (this.options.missingEntities() == MissingEntities.CREATE_QUEUE && EntityName.isPath(address.entity())) {
			return createQueue(address.entity());
		}
		throw notFound(address.path());
	}

	private BrokerException notFound(String path) {
		return Admission.notFound(this.options.name(), path);
	}

}
