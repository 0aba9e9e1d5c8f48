package dev.servicebus.emulator.entity;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.servicebus.emulator.delivery.AcceptedSession;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.delivery.SessionApplicant;
import dev.servicebus.emulator.delivery.SessionWait;
import dev.servicebus.emulator.session.SessionRegistry;
import dev.servicebus.emulator.session.SessionSnapshot;
import dev.servicebus.emulator.store.BrokerMessage;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a source. Belongs to the broker's loop. Every method may throw a
 * {@link dev.servicebus.emulator.store.BrokerException}, and has then done nothing.
 *
 * <p>
 * Deliveries of a session are settled by {@link ReceivableEntity#settle}, as any other.
 */
public interface Sessions {

	/**
	 * Asks {@link #list} for sessions that have a state or an active message now.
	 */
	long IN_USE = SessionRegistry.END_OF_TIME;

	/**
	 * Locks a session, whether or not it has messages.
	 */
	AcceptedSession accept(String sessionId);

	/**
	 * Locks the free session that has had something to deliver for the longest time, as
	 * soon as there is one: possibly before this method returns.
	 * @param deadline when to give up, in milliseconds since the epoch on the broker's
	 * clock
	 * @param applicant gets the session, or is refused
	 */
	SessionWait acceptNext(long deadline, SessionApplicant applicant);

	/**
	 * Renews the lock of a session, from now on for the lock duration of the entity.
	 * @return when it ends now, in milliseconds since the epoch
	 */
	long renewLock(String sessionId);

	/**
	 * Refuses tokens that are not those of deliveries from a session that somebody holds.
	 */
	void checkLocks(String sessionId, Collection<UUID> lockTokens);

	/**
	 * The state of a session, {@code null} if it has none. A copy.
	 */
	byte @Nullable [] state(String sessionId);

	/**
	 * Sets the state of a session that somebody holds, or clears it.
	 * @param sessionId the session
	 * @param state its new state, {@code null} for none
	 */
	void setState(String sessionId, byte @Nullable [] state);

	/**
	 * Lists sessions whose state was changed.
	 * @param updatedAfter after which instant, in milliseconds since the epoch; from
	 * {@link #IN_USE} on it has the meaning described there
	 * @param skip how many to leave out at the beginning
	 * @param top the most to return
	 */
	List<String> list(long updatedAfter, int skip, int top);

	/**
	 * All sessions as they stand now, in the order in which they came into being.
	 */
	List<SessionSnapshot> snapshot();

	/**
	 * Shows messages of one session, see {@link ReceivableEntity#peek}.
	 */
	List<BrokerMessage> peek(String sessionId, long fromSequenceNumber, int maxCount);

	/**
	 * Hands out deferred messages of a session that somebody holds, all or none. Their
	 * locks last as long as that of the session.
	 */
	List<BrokerMessage> receiveDeferred(String sessionId, ReceiveMode mode, long... sequenceNumbers);

	/**
	 * Removes messages of one session, see {@link ReceivableEntity#delete}.
	 */
	int delete(String sessionId, int maxCount, long enqueuedBefore);

}
