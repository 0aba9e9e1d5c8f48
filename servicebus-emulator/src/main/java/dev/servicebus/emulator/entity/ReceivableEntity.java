package dev.servicebus.emulator.entity;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.servicebus.emulator.delivery.Consumer;
import dev.servicebus.emulator.delivery.ConsumerRegistration;
import dev.servicebus.emulator.delivery.QueueCounts;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.delivery.TransactionalWork;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageSnapshot;

/**
 * What hands out messages: the source of a receiver, a queue or one of its sub-queues.
 * Belongs to the broker's loop. Every method may throw a
 * {@link dev.servicebus.emulator.store.BrokerException}, and has then done nothing.
 */
public interface ReceivableEntity extends BrowsableEntity {

	/**
	 * Lets a consumer take part. It gets nothing before it has called
	 * {@link ConsumerRegistration#demandChanged()}.
	 */
	ConsumerRegistration register(Consumer consumer);

	/**
	 * Returns whether messages are received by sessions only. Dead-letter queues never
	 * require that.
	 */
	boolean requiresSession();

	/**
	 * The sessions of the entity.
	 * @throws dev.servicebus.emulator.store.BrokerException if it has none
	 */
	Sessions sessions();

	/**
	 * Settles a delivery. Locks belong to the entity and not to a consumer, so this works
	 * for anybody who has the token, whether or not the consumer is still there.
	 */
	void settle(UUID lockToken, Settlement settlement);

	/**
	 * Settles several deliveries alike, all or none.
	 */
	void settle(Collection<UUID> lockTokens, Settlement settlement);

	/**
	 * Claims deliveries for a transaction that settles them alike, all or none. Until it
	 * ends, nobody else can settle them and their locks do not expire.
	 */
	TransactionalWork prepare(Collection<UUID> lockTokens, Settlement settlement);

	/**
	 * Renews locks, all or none.
	 * @return when all of them end now, in milliseconds since the epoch
	 */
	long renewLocks(Collection<UUID> lockTokens);

	/**
	 * Hands out deferred messages by their sequence numbers, all or none.
	 */
	List<BrokerMessage> receiveDeferred(ReceiveMode mode, long... sequenceNumbers);

	/**
	 * Removes active and deferred messages that are not locked, the oldest first.
	 * @param maxCount the most messages to remove
	 * @param enqueuedBefore only messages that came before this instant, in milliseconds
	 * since the epoch
	 * @return how many were removed
	 */
	int delete(int maxCount, long enqueuedBefore);

	/**
	 * Removes everything, locked and scheduled messages too.
	 * @return how many messages there were
	 */
	int purge();

	/**
	 * How many consumers are registered.
	 */
	int consumers();

	QueueCounts counts();

	/**
	 * All messages as they stand now, ascending.
	 */
	List<MessageSnapshot> snapshot();

}
