package dev.servicebus.emulator.entity;

import java.util.Collection;
import java.util.Collections;
import java.util.TreeMap;
import java.util.function.Consumer;

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

	private final TreeMap<String, Topic> topics = new TreeMap<>();

	private final NamespaceOptions options;

	private final EntityContext context;

	private final Consumer<String> whenDeleted;

	/**
	 * Creates an empty namespace.
	 * @param options how it behaves
	 * @param context the time and the lock tokens of its queues
	 */
	public Namespace(NamespaceOptions options, DeliveryContext context) {
		this(options, context, (path) -> {
		});
	}

	/**
	 * Creates an empty namespace.
	 * @param options how it behaves
	 * @param context the time and the lock tokens of its queues
	 * @param whenDeleted is told the path of each queue and topic that has been deleted,
	 * by whomever
	 */
	public Namespace(NamespaceOptions options, DeliveryContext context, Consumer<String> whenDeleted) {
		this.options = options;
		this.whenDeleted = whenDeleted;
		this.context = new EntityContext(context, this::forwardTarget);
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
		Queue queue = new Queue(admissionOfNew(path, queueOptions), this.context, () -> deleteQueue(path));
		this.queues.put(EntityName.key(path), queue);
		return queue;
	}

	/**
	 * Creates a topic without subscriptions.
	 * @param path its name; may contain slashes
	 * @param topicOptions how it behaves
	 * @throws BrokerException if the path is malformed or taken
	 */
	public Topic createTopic(String path, EntityOptions topicOptions) {
		Topic topic = new Topic(admissionOfNew(path, topicOptions), this.context, () -> deleteTopic(path));
		this.topics.put(EntityName.key(path), topic);
		return topic;
	}

	/**
	 * Creates a topic with the namespace's default options.
	 */
	public Topic createTopic(String path) {
		return createTopic(path, this.options.defaultOptions());
	}

	/**
	 * Deletes a topic with its subscriptions and all their messages; their senders and
	 * consumers are told.
	 * @throws BrokerException if there is none of that path
	 */
	public void deleteTopic(String path) {
		Topic topic = topic(path);
		this.topics.remove(EntityName.key(path));
		topic.delete();
		this.whenDeleted.accept(path);
	}

	public @Nullable Topic findTopic(String path) {
		return this.topics.get(EntityName.key(path));
	}

	/**
	 * The topic of that path.
	 * @throws BrokerException if there is none
	 */
	public Topic topic(String path) {
		Topic topic = findTopic(path);
		if (topic == null) {
			throw notFound(path);
		}
		return topic;
	}

	/**
	 * All topics in the order of their paths.
	 */
	public Collection<Topic> topics() {
		return Collections.unmodifiableCollection(this.topics.values());
	}

	/**
	 * Creates a subscription with the namespace's default options.
	 */
	public Subscription createSubscription(String topic, String name) {
		return createSubscription(topic, name, this.options.defaultOptions());
	}

	/**
	 * Creates a subscription, see {@link Topic#createSubscription}.
	 * @throws BrokerException if there is no such topic, or the name is malformed or
	 * taken
	 */
	public Subscription createSubscription(String topic, String name, EntityOptions subscriptionOptions) {
		return topic(topic).createSubscription(name, subscriptionOptions);
	}

	/**
	 * Deletes a queue with all its messages; its senders and consumers are told.
	 * @throws BrokerException if there is none of that path
	 */
	public void deleteQueue(String path) {
		Queue queue = this.queues.remove(EntityName.key(path));
		if (queue == null) {
			throw notFound(path);
		}
		queue.delete();
		this.whenDeleted.accept(path);
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
		String subscription = address.subscription();
		if (subscription != null) {
			return resolveSubscription(address, subscription).source(address.subQueue());
		}
		Topic topic = findTopic(address.entity());
		if (topic != null) {
			throw new BrokerException(BrokerError.NOT_ALLOWED,
					"Messages cannot be received from the topic '" + topic.path() + "'. Use one of its subscriptions.");
		}
		return resolveQueue(address).source(address.subQueue());
	}

	/**
	 * What the management node at {@code address} shows messages of: the topic, or what
	 * can be received from.
	 * @throws BrokerException if there is no such entity
	 */
	public BrowsableEntity browsable(EntityAddress address) {
		Topic topic = (address.subQueue() == SubQueue.NONE) ? findTopic(address.entity()) : null;
		return (topic != null) ? topic : source(address);
	}

	/**
	 * What a sender on {@code address} sends to.
	 * @throws BrokerException if there is no such entity, or it cannot be sent to
	 */
	public SendableEntity target(EntityAddress address) {
		if (address.subQueue() != SubQueue.NONE) {
			throw notSendable("sub-queue", address);
		}
		Topic topic = findTopic(address.queueOrTopic());
		if (topic != null && address.subscription() != null) {
			throw notSendable("subscription", address);
		}
		return (topic != null) ? topic : resolveQueue(address);
	}

	private ForwardTarget forwardTarget(String path) {
		EntityAddress address = EntityAddress.parse(path);
		Topic topic = findTopic(address.entity());
		return (topic != null) ? topic : resolveQueue(address);
	}

	private Queue resolveQueue(EntityAddress address) {
		Queue queue = findQueue(address.entity());
		if (queue != null) {
			return queue;
		}
		if (createsMissing() && EntityName.isPath(address.entity())) {
			return createQueue(address.entity());
		}
		throw notFound(address.path());
	}

	private Subscription resolveSubscription(EntityAddress address, String name) {
		String path = address.queueOrTopic();
		Topic topic = findTopic(path);
		Subscription subscription = (topic != null) ? topic.findSubscription(name) : null;
		if (subscription != null) {
			return subscription;
		}
		boolean creatable = EntityName.isPath(path) && findQueue(path) == null && EntityName.isSubscription(name);
		if (createsMissing() && creatable) {
			return ((topic != null) ? topic : createTopic(path)).createSubscription(name,
					this.options.defaultOptions());
		}
		throw notFound(address.path());
	}

	private boolean createsMissing() {
		return this.options.missingEntities() == MissingEntities.CREATE;
	}

	private Admission admissionOfNew(String path, EntityOptions entityOptions) {
		EntityName.checkPath(path);
		Admission admission = new Admission(this.options.name(), path, entityOptions,
				new EntityHistory(this.context.delivery().timers()));
		admission.checkForwarding(entityOptions);
		if (findQueue(path) != null || findTopic(path) != null) {
			throw admission.alreadyExists();
		}
		return admission;
	}

	private static BrokerException notSendable(String kind, EntityAddress address) {
		return new BrokerException(BrokerError.NOT_ALLOWED,
				"Messages cannot be sent to the " + kind + " '" + address.path() + "'. Send to its entity instead.");
	}

	private BrokerException notFound(String path) {
		return Admission.notFound(this.options.name(), path);
	}

}
