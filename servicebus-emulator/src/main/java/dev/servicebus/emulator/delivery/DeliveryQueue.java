package dev.servicebus.emulator.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import dev.servicebus.emulator.session.SessionRegistry;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.store.SequenceNumbers;
import dev.servicebus.emulator.time.BrokerTimers;
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

	private final BrokerTimers timers;

	private final Arrivals arrivals;

	private final Locks locks;

	private final Settler settler;

	private final Claims claims;

	private final Handover handover;

	private final QueueContents contents;

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
		this.timers = context.timers();
		Departures departures = new Departures(log, rules, deadLetters, this.timers::now);
		this.arrivals = new Arrivals(log, rules, this.timers, new ByTime());
		this.locks = new Locks(log, context, rules, new ByTime());
		this.settler = new Settler(log, departures, this.locks);
		this.handover = new Handover(log, this.locks, departures, this.timers::now);
		this.contents = new QueueContents(log, registry);
		this.sessions = (registry != null) ? new SessionDelivery(registry, this.handover, this.contents, this.timers)
				: null;
		this.claims = new Claims(log, this.locks, this.settler, new TransactionEnd());
		this.distribution = (this.sessions != null) ? this.sessions : new Dispatcher(log, this.handover);
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
	 * The messages as they lie there.
	 */
	public QueueContents contents() {
		return this.contents;
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
	 * Takes a number for a message that may come later.
	 */
	public long reserveNumber() {
		return this.log.reserveNumber();
	}

	/**
	 * Takes a message for which a number was reserved; it gets that number if it has to
	 * wait for its time, and otherwise the next.
	 */
	public void enqueue(MessageContent content, long reservedNumber) {
		this.arrivals.add(content, reservedNumber);
		dispatch();
	}

	/**
	 * Takes over a message that has left another queue of the same entity.
	 */
	public void adopt(BrokerMessage message) {
		this.log.adopt(message);
		dispatch();
	}

	/**
	 * Takes messages that come from another entity: with a number, time and delivery
	 * count of their own. All are stored before the first is delivered.
	 */
	public void take(List<Arrival> messages) {
		messages.forEach(this.arrivals::add);
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
	 * @param arrival the message
	 * @param reason application properties that say what is wrong
	 */
	public void takeDeadLetter(Arrival arrival, Map<String, String> reason) {
		BrokerMessage message = this.log.enqueue(arrival.content(), this.timers.now(), BrokerMessage.NEVER);
		this.log.setOrigin(message, arrival.origin());
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
		this.settler.settle(lockToken, settlement);
		dispatch();
	}

	/**
	 * Settles several deliveries alike, all or none.
	 */
	public void settle(Collection<UUID> lockTokens, Settlement settlement) {
		this.settler.settle(lockTokens, settlement);
		dispatch();
	}

	/**
	 * Claims deliveries for a transaction, all or none: from now on nobody else can
	 * settle them, and their locks do not end before the transaction does.
	 * @return settles them alike
	 */
	public TransactionalWork prepare(Collection<UUID> lockTokens, Settlement settlement) {
		return this.claims.prepare(lockTokens, settlement);
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
					"The entity requires sessions. Name the session whose deferred messages shall be received.");
		}
		List<BrokerMessage> messages = this.handover.findDeferred((message) -> true, sequenceNumbers);
		messages.forEach((message) -> this.handover.take(message, mode));
		return messages;
	}

	private void dispatch() {
		this.distribution.dispatch();
	}

	/**
	 * What follows when a transaction lets go of messages.
	 */
	private final class TransactionEnd implements Claims.Listener {

		@Override
		public void claimEnded(BrokerMessage message) {
			if (DeliveryQueue.this.sessions != null) {
				DeliveryQueue.this.sessions.claimEnded(message);
			}
			else {
				DeliveryQueue.this.locks.resume(message);
			}
		}

		@Override
		public void transactionEnded() {
			dispatch();
		}

	}

	/**
	 * What happens to messages by time alone.
	 */
	private final class ByTime implements Arrivals.Listener, Locks.Expiry {

		@Override
		public void arrived() {
			dispatch();
		}

		@Override
		public void expired(BrokerMessage message) {
			DeliveryQueue.this.handover.expire(message);
		}

		@Override
		public BrokerError error() {
			return (DeliveryQueue.this.sessions != null) ? BrokerError.SESSION_LOCK_LOST
					: BrokerError.MESSAGE_LOCK_LOST;
		}

		@Override
		public void lockExpired(BrokerMessage message) {
			DeliveryQueue.this.handover.failDelivery(message);
		}

		@Override
		public void allExpired() {
			dispatch();
		}

	}

}
