package dev.servicebus.emulator.store;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import dev.servicebus.emulator.time.BrokerTimer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one queue, subscription or sub-queue, and every change of state that
 * they can undergo. It knows no policy: who may do what, and when, is decided above.
 *
 * <p>
 * Invariants: a message in the log is found under its sequence number; it is ready
 * exactly if it is {@link MessageState#ACTIVE} and not locked; its token is known exactly
 * while it is locked; a message that has left the log has neither lock nor timer. Every
 * operation takes at most logarithmic time. Belongs to the broker's loop.
 */
public final class MessageLog {

	private final MessageIndex messages = new MessageIndex();

	private final LockTable locks = new LockTable();

	private final SequenceNumbers sequenceNumbers;

	private final MessageObserver observer;

	private int scheduled;

	private int deferred;

	private long sizeInBytes;

	/**
	 * Creates an empty log.
	 * @param sequenceNumbers shared by all logs of an entity
	 */
	public MessageLog(SequenceNumbers sequenceNumbers) {
		this(sequenceNumbers, MessageObserver.NONE);
	}

	/**
	 * Creates an empty log that somebody follows.
	 * @param sequenceNumbers shared by all logs of an entity
	 * @param observer is told of every change
	 */
	public MessageLog(SequenceNumbers sequenceNumbers, MessageObserver observer) {
		this.sequenceNumbers = sequenceNumbers;
		this.observer = observer;
	}

	/**
	 * Stores an active message under the next sequence number.
	 * @param content the message
	 * @param now when it arrives
	 * @param expiresAt when it expires, or {@link BrokerMessage#NEVER}
	 */
	public BrokerMessage enqueue(MessageContent content, long now, long expiresAt) {
		BrokerMessage message = new BrokerMessage(content);
		message.setNumber(this.sequenceNumbers.next(), now);
		message.setExpiresAt(expiresAt);
		store(message);
		return message;
	}

	/**
	 * Takes a sequence number that no other message will get.
	 */
	public long reserveNumber() {
		return this.sequenceNumbers.next();
	}

	/**
	 * Stores a message for later under a provisional sequence number.
	 * @param content the message
	 * @param now when it arrives
	 * @param number a {@linkplain #reserveNumber() reserved} number
	 */
	public BrokerMessage schedule(MessageContent content, long now, long number) {
		BrokerMessage message = new BrokerMessage(content);
		message.setNumber(number, now);
		message.setState(MessageState.SCHEDULED);
		store(message);
		return message;
	}

	/**
	 * Makes a scheduled message active, as if it arrived only now: with a new sequence
	 * number and a new time.
	 */
	public void activate(BrokerMessage message, long now, long expiresAt) {
		remove(message);
		message.setNumber(this.sequenceNumbers.next(), now);
		message.setExpiresAt(expiresAt);
		message.setState(MessageState.ACTIVE);
		store(message);
	}

	/**
	 * Takes over a message that has left another log of the entity. It is active here,
	 * does not expire any more, and keeps its number, time and delivery count.
	 */
	public void adopt(BrokerMessage message) {
		message.setState(MessageState.ACTIVE);
		message.setExpiresAt(BrokerMessage.NEVER);
		store(message);
	}

	/**
	 * Takes the message out, with its lock and its timer.
	 */
	public void remove(BrokerMessage message) {
		if (message.isLocked()) {
			this.locks.remove(message);
		}
		else if (message.state() == MessageState.ACTIVE) {
			this.messages.clearReady(message);
		}
		message.setTimer(null);
		this.messages.remove(message);
		this.sizeInBytes -= message.content().size();
		count(message.state(), -1);
		this.observer.removed(message);
	}

	/**
	 * Locks an active or deferred message that is not locked.
	 */
	public void lock(BrokerMessage message, UUID token, long until) {
		if (message.state() == MessageState.ACTIVE) {
			this.messages.clearReady(message);
		}
		this.locks.add(message, token, until);
		this.observer.changed(message);
	}

	/**
	 * Lets the lock of a locked message end at another time.
	 */
	public void renew(BrokerMessage message, long until) {
		this.locks.renew(message, until);
	}

	/**
	 * Keeps the lock of a locked message from ending by time.
	 */
	public void claim(BrokerMessage message) {
		this.locks.claim(message);
	}

	/**
	 * Lets the lock of a claimed message end at its time again, which may have passed.
	 */
	public void unclaim(BrokerMessage message) {
		this.locks.unclaim(message);
	}

	/**
	 * Ends the lock of a message. An active one is back in its old place, a deferred one
	 * stays deferred.
	 */
	public void unlock(BrokerMessage message) {
		this.locks.remove(message);
		if (message.state() == MessageState.ACTIVE) {
			this.messages.setReady(message);
		}
		this.observer.changed(message);
	}

	/**
	 * Ends the lock of a message and sets it aside.
	 */
	public void defer(BrokerMessage message) {
		this.locks.remove(message);
		count(message.state(), -1);
		message.setState(MessageState.DEFERRED);
		count(message.state(), 1);
		this.observer.changed(message);
	}

	/**
	 * Sets application properties on top of the sender's.
	 */
	public void modify(BrokerMessage message, Map<String, ? extends @Nullable Object> properties) {
		if (!properties.isEmpty()) {
			message.modify(properties);
		}
	}

	/**
	 * Remembers where a message was before it was forwarded.
	 */
	public void setOrigin(BrokerMessage message, Origin origin) {
		message.setOrigin(origin);
	}

	/**
	 * Counts a delivery of the message that has failed.
	 */
	public void countFailedDelivery(BrokerMessage message) {
		message.countFailedDelivery();
	}

	/**
	 * Gives a message the one timer that it waits for; it is cancelled when the message
	 * leaves the log.
	 */
	public void await(BrokerMessage message, BrokerTimer timer) {
		message.setTimer(timer);
	}

	/**
	 * The message to deliver next: active, not locked, and of those the one with the
	 * lowest number.
	 */
	public @Nullable BrokerMessage firstReady() {
		return this.messages.firstReady();
	}

	public @Nullable BrokerMessage find(long sequenceNumber) {
		return this.messages.find(sequenceNumber);
	}

	public @Nullable BrokerMessage findLocked(UUID token) {
		return this.locks.find(token);
	}

	/**
	 * The locked message whose lock ends first.
	 */
	public @Nullable BrokerMessage firstLockToExpire() {
		return this.locks.firstToExpire();
	}

	/**
	 * The messages from {@code sequenceNumber} on, ascending, whatever their state. Lazy:
	 * the log must not change before the stream has ended.
	 */
	public Stream<BrokerMessage> from(long sequenceNumber) {
		return this.messages.from(sequenceNumber);
	}

	/**
	 * How many messages there are in all.
	 */
	public int size() {
		return this.messages.size();
	}

	public int scheduled() {
		return this.scheduled;
	}

	public int deferred() {
		return this.deferred;
	}

	/**
	 * How many messages are locked, active and deferred ones.
	 */
	public int locked() {
		return this.locks.size();
	}

	/**
	 * The encoded size of all messages together.
	 */
	public long sizeInBytes() {
		return this.sizeInBytes;
	}

	private void store(BrokerMessage message) {
		this.messages.put(message);
		if (message.state() == MessageState.ACTIVE) {
			this.messages.setReady(message);
		}
		this.sizeInBytes += message.content().size();
		count(message.state(), 1);
		this.observer.changed(message);
	}

	private void count(MessageState state, int change) {
		if (state == MessageState.SCHEDULED) {
			this.scheduled += change;
		}
		else if (state == MessageState.DEFERRED) {
			this.deferred += change;
		}
	}

}
