package dev.servicebus.emulator.entity;

import java.util.List;

import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.MessageContent;
import org.jspecify.annotations.Nullable;

/**
 * What an entity admits at present. One object for the entity and its sub-queues; it
 * outlives the entity, so that whoever still holds a part of it is told.
 */
final class Admission {

	private static final long BYTES_PER_MEGABYTE = 1024 * 1024;

	private final String namespace;

	private final String path;

	private final String uri;

	private final EntityHistory history;

	private final Senders senders = new Senders();

	private EntityOptions options;

	private @Nullable IdleWatch idleWatch;

	private boolean deleted;

	/** The size of messages that transactions have sent and not committed. */
	private long reserved;

	/**
	 * Creates the admission of an entity.
	 * @param namespace the name of the namespace
	 * @param path the path of the entity
	 * @param options the options in force
	 * @param history keeps the times of the entity
	 */
	Admission(String namespace, String path, EntityOptions options, EntityHistory history) {
		this.namespace = namespace;
		this.path = path;
		this.uri = uri(namespace, path);
		this.options = options;
		this.history = history;
	}

	/**
	 * The refusal of an entity that does not exist. Clients recognize its wording.
	 */
	static BrokerException notFound(String namespace, String path) {
		return notFound(uri(namespace, path));
	}

	/**
	 * The admission of a subscription of this topic.
	 */
	Admission ofSubscription(String name, EntityOptions subscriptionOptions) {
		return new Admission(this.namespace, subscriptionPath(name), subscriptionOptions, this.history.ofAnother());
	}

	BrokerException subscriptionNotFound(String name) {
		return notFound(this.namespace, subscriptionPath(name));
	}

	BrokerException ruleNotFound(String name) {
		return notFound(this.uri + "/Rules/" + name);
	}

	BrokerException alreadyExists() {
		return new BrokerException(BrokerError.ENTITY_ALREADY_EXISTS,
				"The messaging entity '" + this.uri + "' already exists.");
	}

	String path() {
		return this.path;
	}

	EntityOptions options() {
		return this.options;
	}

	Senders senders() {
		return this.senders;
	}

	EntityTimes times() {
		return this.history.times();
	}

	/**
	 * Refuses new options that differ in what cannot be changed any more.
	 */
	void checkUpdate(EntityOptions newOptions) {
		checkNotDeleted();
		checkForwarding(newOptions);
		if (newOptions.requiresSession() != this.options.requiresSession()) {
			String kind = (EntityAddress.parse(this.path).subscription() != null) ? "Subscription" : "Queue";
			throw new BrokerException(BrokerError.ARGUMENT_ERROR,
					"The value for the RequiresSession property of an existing " + kind
							+ " cannot be changed. Entity: '" + this.uri + "'.");
		}
		if (!newOptions.isUpdateOf(this.options)) {
			throw new BrokerException(BrokerError.ARGUMENT_ERROR,
					"Duplicate detection of the entity '" + this.uri + "' can only be set when it is created.");
		}
	}

	void setOptions(EntityOptions newOptions) {
		this.options = newOptions;
		this.history.updated();
		watchForIdleness();
	}

	/**
	 * Marks the entity as deleted, for good, and tells its senders.
	 * @return what everybody who uses it is told
	 */
	BrokerException delete() {
		this.deleted = true;
		if (this.idleWatch != null) {
			this.idleWatch.stop();
		}
		BrokerException gone = notFound(this.uri);
		this.senders.endAll(gone);
		return gone;
	}

	/**
	 * Begins to watch for idleness, as far as the options ask for it. An entity that
	 * forwards its messages never is idle.
	 */
	void watch(IdleWatch watch) {
		this.idleWatch = watch;
		watchForIdleness();
	}

	/**
	 * Refuses every use of an entity that is gone.
	 */
	void checkExists() {
		checkNotDeleted();
		this.history.accessed();
		if (this.idleWatch != null) {
			this.idleWatch.used();
		}
	}

	void checkNotDeleted() {
		if (this.deleted) {
			throw notFound(this.uri);
		}
	}

	void checkReceiving() {
		checkExists();
		if (!this.options.status().admitsReceiving()) {
			throw disabled("receiving");
		}
	}

	/**
	 * Refuses a consumer that the entity cannot serve.
	 */
	void checkConsumer(SubQueue subQueue) {
		checkReceiving();
		if (isForwarded(subQueue)) {
			throw notAllowed("Messages cannot be received from '" + this.uri + subQueue.pathSuffix()
					+ "': they are forwarded to another entity.");
		}
		if (subQueue == SubQueue.NONE && this.options.requiresSession()) {
			throw notAllowed("It is not possible for an entity that requires sessions to create a non-sessionful"
					+ " message receiver. Entity: '" + this.uri + "'.");
		}
	}

	/**
	 * Refuses messages that the entity must not store.
	 * @param messages what a sender wants to store
	 * @param stored how many bytes the entity holds already
	 */
	void checkSending(List<? extends MessageContent> messages, long stored) {
		checkSending();
		long size = stored;
		for (MessageContent message : messages) {
			checkMessage(message);
			size += message.size();
		}
		checkQuota(size);
	}

	/**
	 * Refuses a message that the entity must not store.
	 */
	void checkSending(MessageContent message, long stored) {
		checkSending();
		checkMessage(message);
		checkQuota(stored + message.size());
	}

	/**
	 * Refuses options under which nobody could receive in sessions.
	 */
	void checkForwarding(EntityOptions newOptions) {
		if (newOptions.requiresSession() && newOptions.forwardTo() != null) {
			throw new BrokerException(BrokerError.ARGUMENT_ERROR, "The entity '" + this.uri
					+ "' cannot both require sessions and forward its messages to '" + newOptions.forwardTo() + "'.");
		}
	}

	private void watchForIdleness() {
		if (this.idleWatch != null) {
			this.idleWatch.start(isForwarded(SubQueue.NONE) ? EntityOptions.FOREVER : this.options.autoDeleteOnIdle());
		}
	}

	private boolean isForwarded(SubQueue subQueue) {
		return switch (subQueue) {
			case NONE -> this.options.forwardTo() != null;
			case DEAD_LETTER -> this.options.forwardDeadLetteredMessagesTo() != null;
			case TRANSFER_DEAD_LETTER -> false;
		};
	}

	BrokerException withoutSessions() {
		return notAllowed("A sessionful message receiver cannot be created on an entity that does not require"
				+ " sessions, and no other operation on sessions is possible. Set RequiresSession when the entity is"
				+ " created. Entity: '" + this.uri + "'.");
	}

	BrokerException disabled(String operation) {
		return new BrokerException(BrokerError.ENTITY_DISABLED, "The messaging entity '" + this.uri
				+ "' is disabled for " + operation + ". Its status is " + this.options.status() + ".");
	}

	/**
	 * Refuses a sender, whatever it wants to send.
	 */
	void checkSending() {
		checkExists();
		if (!this.options.status().admitsSending()) {
			throw disabled("sending");
		}
	}

	/**
	 * Keeps room for messages that may come later.
	 */
	void reserve(long size) {
		this.reserved += size;
	}

	/**
	 * Gives up room that was kept.
	 */
	void release(long size) {
		this.reserved -= size;
	}

	private void checkQuota(long sizeInBytes) {
		long size = sizeInBytes + this.reserved;
		long quota = this.options.maxSizeInMegabytes() * BYTES_PER_MEGABYTE;
		if (size > quota) {
			throw new BrokerException(BrokerError.RESOURCE_LIMIT_EXCEEDED, "The messaging entity '" + this.uri
					+ "' is full: it would hold " + size + " bytes, but its maximum is " + quota + " bytes.");
		}
	}

	/**
	 * Refuses what is larger than a message may be: a message, or the state of a session.
	 */
	void checkSize(long size) {
		if (size > this.options.maxMessageSize()) {
			throw new BrokerException(BrokerError.MESSAGE_SIZE_EXCEEDED,
					"The received message (size: " + size + " bytes) exceeds the limit ("
							+ this.options.maxMessageSize() + " bytes) currently allowed on the link.");
		}
	}

	void checkSessionId(String sessionId) {
		MessageLimits.checkId("session id", sessionId);
	}

	static int atLeastZero(String name, int value) {
		if (value < 0) {
			throw new BrokerException(BrokerError.ARGUMENT_ERROR, name + " must not be negative but is " + value + ".");
		}
		return value;
	}

	private void checkMessage(MessageContent message) {
		checkSize(message.size());
		MessageLimits.check(message);
		if (this.options.requiresSession() && message.sessionId() == null) {
			throw new BrokerException(BrokerError.SESSION_ID_MISSING,
					"The SessionId was not set on a message, and it cannot be sent to the entity '" + this.uri
							+ "'. Entities that have session support enabled can only receive messages that have the"
							+ " SessionId set to a valid value.");
		}
	}

	private String subscriptionPath(String name) {
		return this.path + "/Subscriptions/" + name;
	}

	private static BrokerException notAllowed(String message) {
		return new BrokerException(BrokerError.NOT_ALLOWED, message);
	}

	private static BrokerException notFound(String uri) {
		return new BrokerException(BrokerError.ENTITY_NOT_FOUND,
				"The messaging entity '" + uri + "' could not be found.");
	}

	private static String uri(String namespace, String path) {
		return "sb://" + namespace + "/" + path;
	}

}
