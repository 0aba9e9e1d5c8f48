package dev.servicebus.emulator.delivery;

import java.util.List;
import java.util.stream.Stream;

import dev.servicebus.emulator.session.SessionRegistry;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageLog;
import dev.servicebus.emulator.store.MessageSnapshot;
import dev.servicebus.emulator.store.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a {@link DeliveryQueue}: to look at, to count, and to clear away. Nothing
 * here delivers anything. Belongs to the broker's loop.
 */
public final class QueueContents {

	private final MessageLog log;

	private final @Nullable SessionRegistry sessions;

	QueueContents(MessageLog log, @Nullable SessionRegistry sessions) {
		this.log = log;
		this.sessions = sessions;
	}

	/**
	 * Shows messages without touching them.
	 * @param fromSequenceNumber the lowest number to show
	 * @param maxCount the most messages to show
	 * @return in ascending order of their numbers, whatever their state
	 */
	public List<BrokerMessage> peek(long fromSequenceNumber, int maxCount) {
		return peek(this.log.from(fromSequenceNumber), maxCount);
	}

	List<BrokerMessage> peek(Stream<BrokerMessage> messages, int maxCount) {
		checkCount(maxCount);
		return messages.limit(maxCount).toList();
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
	 * Removes everything, the states of sessions too.
	 * @param now the present, in milliseconds since the epoch
	 */
	public void clear(long now) {
		purge();
		if (this.sessions != null) {
			this.sessions.clearStates(now);
		}
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

	private static void checkCount(int maxCount) {
		if (maxCount < 1) {
			throw new BrokerException(BrokerError.ARGUMENT_ERROR,
					"The message count must be at least 1 but is " + maxCount + ".");
		}
	}

}
