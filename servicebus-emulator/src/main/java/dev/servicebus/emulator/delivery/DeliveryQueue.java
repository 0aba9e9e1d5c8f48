package dev.servicebus.emulator.delivery;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.servicebus.emulator.session.SessionRegistry;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.store.MessageSnapshot;
import dev.servicebus.emulator.store.Origin;
import dev.servicebus.emulator.store.SequenceNumbers;
import dev.servicebus.emulator.time.BrokerTimers;
import dev.servicebus.emulator.store.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * One line of messages with its consumers and locks: the body of a queue, or one of its
 * sub-queues. It applies Service Bus's rules of delivery; whether an operation is
 * admitted at all is decided by the entity around it.
 *
 * <p>
 * Not thread-safe: belongs to the broker's loop. Every operation takes at most
 * logarithmic time for each message that it touches.
 */
public final class DeliveryQueue {

	private final MessageLog log;

	private final DeliveryContext context;

	private final Departures departures;

	private final Arrivals arrivals;

	private final Settler settler;

	private final DeferredMessages deferred;

	private final Locks locks;

	private final @Nullable SessionDelivery sessions;

	private final Distribution distribution;

	/**
	 * Creates a queue that delivers each message to whoever asks.
	 * @param context what the queues of a broker share
	 * @param log holds the messages
	 * @param rules the rules in force, asked for at every use
	 * @param deadLetters takes dead letters; {@code null} for a dead-letter queue
	 */
	public DeliveryQueue(DeliveryContext context, MessageLog log, Supplier<DeliveryRules> rules,
			@Nullable DeadLetterSink deadLetters) {
		this(context, log, rules, deadLetters, null);
	}

	private DeliveryQueue(DeliveryContext context, MessageLog log, Supplier<DeliveryRules> rules,
			@Nullable DeadLetterSink deadLetters, @Nullable SessionRegistry registry) {
		this.log = log;
		this.context = context;
		this.departures = new Departures(log, rules, deadLetters, context.timers()::now);
		this.settler = new Settler(log, this.departures);
		this.deferred = new DeferredMessages(log, this.departures, context.timers()::now);
		this.arrivals = new Arrivals(log, rules, context.timers(), this);
		this.locks = new Locks(log, context, rules, this);
		this.sessions = (registry != null) ? new SessionDelivery(registry, this) : null;
		this.distribution = (this.sessions != null) ? this.sessions : new Dispatcher(log, this);
	}

	/**
	 * Creates a queue that delivers by sessions. Every message that it takes must belong
	 * to one.
	 * @param context what the queues of a broker share
	 * @param numbers the numbers of the entity
	 * @param rules the rules in force, asked for at every use
	 * @param deadLetters takes dead letters
	 */
	public static DeliveryQueue withSessions(DeliveryContext context, SequenceNumbers numbers,
			Supplier<DeliveryRules> rules, DeadLetterSink deadLetters) {
		SessionRegistry registry = new SessionRegistry();
		return new DeliveryQueue(context, new MessageLog(numbers, registry), rules, deadLetters, registry);
	}

	/**
	 * The sessions, {@code null} if the queue does not deliver by sessions.
	 */
	public @Nullable SessionDelivery sessions() {
		return this.sessions;
	}

	/**
	 * Takes a message and delivers it if somebody wants it. If its scheduled time lies in
	 * the future, it waits for that.
	 * @return its sequence number, provisional while it is scheduled
	 */
	public long enqueue(MessageContent content) {
		long number = this.arrivals.add(content).sequenceNumber();
		dispatch();
		return number;
	}

	/**
	 * Takes messages together: all are stored before the first is delivered.
	 * @return their sequence numbers, in the same order
	 */
	public long[] enqueue(List<? extends MessageContent> contents) {
		long[] numbers = new long[contents.size()];
		for (int i = 0; i < numbers.length; i++) {
			numbers[i] = this.arrivals.add(contents.get(i)).sequenceNumber();
		}
		dispatch();
		return numbers;
	}

	/**
	 * Takes over a message that has left another queue of the same entity.
	 */
	public void adopt(BrokerMessage message) {
		this.log.adopt(message);
		dispatch();
	}

	/**
	 * Takes a message that another entity forwards: with a new number, time and delivery
	 * count, and with what receivers have set on it.
	 * @param content the message
	 * @param origin where it was
	 * @param properties the application properties that were set on it
	 */
	public void enqueueForwarded(MessageContent content, Origin origin,
			Map<String, ? extends @Nullable Object> properties) {
		BrokerMessage message = this.arrivals.add(content);
		this.log.setOrigin(message, origin);
		this.log.modify(message, properties);
		dispatch();
	}

	/**
	 * Takes over a message that has just left another queue of the entity, as a dead
	 * letter.
	 * @param message the message
	 * @param reason application properties that say why
	 */
	public void adopt(BrokerMessage message, Map<String, String> reason) {
		this.log.modify(message, reason);
		adopt(message);
	}

	/**
	 * Takes a message that has never been in a queue because something is wrong with it.
	 * Only for dead-letter queues.
	 * @param content the message
	 * @param reason application properties that say what is wrong
	 */
	public void enqueueDeadLetter(MessageContent content, Map<String, String> reason) {
		BrokerMessage message = this.log.enqueue(content, timers().now(), BrokerMessage.NEVER);
		this.log.modify(message, reason);
		dispatch();
	}

	/**
	 * Takes scheduled messages back, all or none.
	 */
	public void cancelScheduled(long... sequenceNumbers) {
		this.arrivals.cancel(sequenceNumbers);
	}

	public ConsumerRegistration register(Consumer consumer) {
		return this.distribution.register(consumer);
	}

	/**
	 * Ends all registrations.
	 */
	public void endConsumers(BrokerException reason) {
		this.distribution.endAll(reason);
	}

	public int consumers() {
		return this.distribution.consumers();
	}

	/**
	 * Settles one delivery.
	 */
	public void settle(UUID lockToken, Settlement settlement) {
		this.settler.settle(this.locks.require(lockToken), settlement);
		dispatch();
	}

	/**
	 * Settles several deliveries alike, all or none.
	 */
	public void settle(Collection<UUID> lockTokens, Settlement settlement) {
		Set<BrokerMessage> messages = new LinkedHashSet<>(this.locks.require(lockTokens));
		messages.forEach((message) -> this.settler.settle(message, settlement));
		dispatch();
	}

	/**
	 * Renews locks, all or none.
	 * @return when they end now, in milliseconds since the epoch
	 */
	public long renewLocks(Collection<UUID> lockTokens) {
		if (this.sessions != null) {
			throw new BrokerException(BrokerError.NOT_ALLOWED,
					"The lock of a message in a session cannot be renewed. Renew the lock of the session instead.");
		}
		return this.locks.renew(lockTokens);
	}

	/**
	 * Hands out deferred messages by their numbers, all or none.
	 */
	public List<BrokerMessage> receiveDeferred(ReceiveMode mode, long... sequenceNumbers) {
		if (this.sessions != null) {
			throw new BrokerException(BrokerError.NOT_ALLOWED,
					"The entity requires sessions." + " Name the session whose deferred messages shall be received.");
		}
		List<BrokerMessage> messages = findDeferred((message) -> true, sequenceNumbers);
		messages.forEach((message) -> take(message, mode));
		return messages;
	}

	/**
	 * Shows messages without touching them.
	 * @param fromSequenceNumber the lowest number to show
	 * @param maxCount the most messages to show
	 * @return in ascending order of their numbers, whatever their state
	 */
	public List<BrokerMessage> peek(long fromSequenceNumber, int maxCount) {
		checkCount(maxCount);
		return this.log.from(fromSequenceNumber).limit(maxCount).toList();
	}

	/**
	 * Removes active and deferred messages that are not locked, the oldest first.
	 * @param maxCount the most messages to remove
	 * @param enqueuedBefore only messages that came before this instant, in milliseconds
	 * since the epoch
	 * @return how many were removed
	 */
	public int delete(int maxCount, long enqueuedBefore) {
		return delete(this.log.from(0), maxCount, enqueuedBefore);
	}

	int delete(Stream<BrokerMessage> messages, int maxCount, long enqueuedBefore) {
		checkCount(maxCount);
		List<BrokerMessage> found = messages
			.filter((message) -> message.state() != MessageState.SCHEDULED && !message.isLocked()
					&& message.enqueuedTime() < enqueuedBefore)
			.limit(maxCount)
			.toList();
		found.forEach(this.log::remove);
		return found.size();
	}

	/**
	 * Removes everything, locked and scheduled messages too.
	 * @return how many messages there were
	 */
	public int purge() {
		List<BrokerMessage> all = this.log.from(0).toList();
		all.forEach(this.log::remove);
		return all.size();
	}

	/**
	 * How many messages there are, whatever their state.
	 */
	public int size() {
		return this.log.size();
	}

	/**
	 * The encoded size of all messages and of the states of sessions.
	 */
	public long sizeInBytes() {
		return this.log.sizeInBytes() + ((this.sessions != null) ? this.sessions.stateSize() : 0);
	}

	public QueueCounts counts() {
		int active = this.log.size() - this.log.scheduled() - this.log.deferred();
		return new QueueCounts(active, this.log.locked(), this.log.deferred(), this.log.scheduled(), sizeInBytes());
	}

	/**
	 * All messages as they stand now, in ascending order of their numbers.
	 */
	public List<MessageSnapshot> snapshot() {
		return this.log.from(0).map(MessageSnapshot::of).toList();
	}

	void dispatch() {
		this.distribution.dispatch();
	}

	boolean isExpired(BrokerMessage message) {
		return message.expiresAt() != BrokerMessage.NEVER && message.isExpired(this.context.timers().now());
	}

	/**
	 * Ends the life of a message whose time is over, unless it is locked or deferred.
	 */
	void expire(BrokerMessage message) {
		if (message.state() == MessageState.ACTIVE && !message.isLocked()) {
			this.departures.expire(message);
		}
	}

	BrokerTimers timers() {
		return this.context.timers();
	}

	long newLockEnd() {
		return this.locks.newEnd();
	}

	BrokerError lockLost() {
		return (this.sessions != null) ? BrokerError.SESSION_LOCK_LOST : BrokerError.MESSAGE_LOCK_LOST;
	}

	List<BrokerMessage> findDeferred(Predicate<BrokerMessage> filter, long... sequenceNumbers) {
		return this.deferred.find(filter, sequenceNumbers);
	}

	void renew(BrokerMessage message, long until) {
		this.log.renew(message, until);
	}

	void putBack(BrokerMessage message) {
		this.departures.putBack(message);
	}

	void lockExpired(BrokerMessage message) {
		this.departures.failDelivery(message);
	}

	void take(BrokerMessage message, ReceiveMode mode) {
		if (mode == ReceiveMode.PEEK_LOCK) {
			this.locks.lock(message);
		}
		else {
			this.log.remove(message);
		}
	}

	/**
	 * Hands out a message of a session whose lock ends at {@code lockedUntil}.
	 */
	void take(BrokerMessage message, ReceiveMode mode, long lockedUntil) {
		if (mode == ReceiveMode.PEEK_LOCK) {
			this.locks.lock(message, lockedUntil);
		}
		else {
			this.log.remove(message);
		}
	}

	static void checkCount(int maxCount) {
		if (maxCount < 1) {
			throw new BrokerException(BrokerError.ARGUMENT_ERROR,
					"The message count must be at least 1 but is " + maxCount + ".");
		}
	}

}
