package dev.servicebus.emulator.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.servicebus.emulator.session.Session;
import dev.servicebus.emulator.session.SessionRegistry;
import dev.servicebus.emulator.session.SessionSnapshot;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.time.BrokerTimers;
import org.jspecify.annotations.Nullable;

/**
 * Delivers by sessions: a session has at most one holder, and only the holder gets its
 * messages, in the order of their numbers. The locks of its messages last as long as the
 * session's.
 *
 * <p>
 * Belongs to the broker's loop. What it costs does not depend on how many sessions there
 * are.
 */
public final class SessionDelivery implements Distribution {

	private final SessionRegistry registry;

	private final Handover handover;

	private final QueueContents contents;

	private final BrokerTimers timers;

	private final Map<String, HeldSession> held = new LinkedHashMap<>();

	private final SessionWaits waits;

	private boolean dispatching;

	SessionDelivery(SessionRegistry registry, Handover handover, QueueContents contents, BrokerTimers timers) {
		this.registry = registry;
		this.handover = handover;
		this.contents = contents;
		this.timers = timers;
		this.waits = new SessionWaits(timers);
	}

	/**
	 * Locks a session, whether or not it has messages.
	 * @throws BrokerException if somebody else holds it
	 */
	public AcceptedSession accept(String sessionId) {
		HeldSession holder = this.held.get(sessionId);
		if (holder != null && !holder.isHolding(timers().now())) {
			expire(holder);
		}
		if (this.held.containsKey(sessionId)) {
			throw new BrokerException(BrokerError.SESSION_CANNOT_BE_LOCKED, "The requested session '" + sessionId
					+ "' cannot be accepted. It may be locked by another receiver.");
		}
		return hold(sessionId);
	}

	/**
	 * Locks the free session that has had something to deliver for the longest time, as
	 * soon as there is one: possibly before this method returns.
	 * @param deadline when to give up, in milliseconds since the epoch
	 * @param applicant gets the session
	 */
	public SessionWait acceptNext(long deadline, SessionApplicant applicant) {
		SessionWait wait = this.waits.add(deadline, applicant);
		dispatch();
		return wait;
	}

	/**
	 * Renews the lock of a session, with those of its delivered messages.
	 * @return when it ends now
	 * @throws BrokerException if nobody holds the session
	 */
	public long renew(String sessionId) {
		HeldSession holder = require(sessionId);
		holder.lockUntil(this.handover.newLockEnd());
		holder.session().locked().forEach((message) -> this.handover.renew(message, holder.lockedUntil()));
		return holder.lockedUntil();
	}

	/**
	 * Refuses tokens that are not those of a session.
	 * @throws BrokerException if nobody holds the session, or a token is not of a
	 * delivery from it
	 */
	public void checkLocks(String sessionId, Collection<UUID> lockTokens) {
		Set<UUID> held = new HashSet<>();
		require(sessionId).session().locked().forEach((message) -> held.add(message.lockToken()));
		if (!held.containsAll(lockTokens)) {
			throw new BrokerException(BrokerError.SESSION_LOCK_LOST, "The lock supplied is invalid: it is not, or no"
					+ " longer, the lock of a message that was received in the session '" + sessionId + "'.");
		}
	}

	/**
	 * The state of a session, {@code null} if it has none.
	 */
	public byte @Nullable [] state(String sessionId) {
		Session session = this.registry.find(sessionId);
		byte[] state = (session != null) ? session.state() : null;
		return (state != null) ? state.clone() : null;
	}

	/**
	 * Sets the state of a session, or clears it.
	 * @throws BrokerException if nobody holds the session
	 */
	public void setState(String sessionId, byte @Nullable [] state) {
		HeldSession holder = require(sessionId);
		this.registry.setState(holder.session(), (state != null) ? state.clone() : null, timers().now());
	}

	/**
	 * Lists sessions, see {@link SessionRegistry#list}.
	 */
	public List<String> list(long updatedAfter, int skip, int top) {
		return this.registry.list(updatedAfter, skip, top);
	}

	/**
	 * All sessions as they stand now, in the order in which they came into being.
	 */
	public List<SessionSnapshot> snapshot() {
		return this.registry.sessions().map(this::snapshot).toList();
	}

	/**
	 * Shows messages of a session without touching them, see {@link QueueContents#peek}.
	 */
	public List<BrokerMessage> peek(String sessionId, long fromSequenceNumber, int maxCount) {
		return this.contents.peek(messages(sessionId, fromSequenceNumber), maxCount);
	}

	/**
	 * Removes messages of a session that are not locked, see
	 * {@link QueueContents#delete}.
	 */
	public int delete(String sessionId, int maxCount, long enqueuedBefore) {
		return this.contents.delete(messages(sessionId, 0), maxCount, enqueuedBefore);
	}

	/**
	 * Hands out deferred messages of a session, all or none.
	 * @throws BrokerException if nobody holds the session, or a message is not there
	 */
	public List<BrokerMessage> receiveDeferred(String sessionId, ReceiveMode mode, long... sequenceNumbers) {
		HeldSession holder = require(sessionId);
		List<BrokerMessage> messages = this.handover
			.findDeferred((message) -> sessionId.equals(message.content().sessionId()), sequenceNumbers);
		messages.forEach((message) -> this.handover.take(message, mode, holder.lockedUntil()));
		return messages;
	}

	@Override
	public ConsumerRegistration register(Consumer consumer) {
		throw new BrokerException(BrokerError.NOT_ALLOWED,
				"It is not possible for an entity that requires sessions to create a non-sessionful message receiver.");
	}

	@Override
	public int consumers() {
		return this.held.size();
	}

	@Override
	public void dispatch() {
		if (this.dispatching) {
			return;
		}
		this.dispatching = true;
		try {
			while (grantNext() || deliverNext()) {
				continue;
			}
		}
		finally {
			this.dispatching = false;
		}
	}

	@Override
	public void endAll(BrokerException reason) {
		this.waits.refuseAll(reason);
		for (HeldSession holder : new ArrayList<>(this.held.values())) {
			if (release(holder, this.handover::putBack)) {
				holder.tell(reason);
			}
		}
	}

	BrokerTimers timers() {
		return this.timers;
	}

	void demandChanged(HeldSession holder) {
		this.registry.setDue(holder.session());
		dispatch();
	}

	void close(HeldSession holder) {
		if (release(holder, this.handover::putBack)) {
			dispatch();
		}
	}

	void expire(HeldSession holder) {
		if (release(holder, this.handover::failDelivery)) {
			holder.tell(HeldSession.lockLost(holder.sessionId()));
			dispatch();
		}
	}

	/**
	 * The transaction that had claimed a message is over. If it has not settled the
	 * message, that goes the way that the others went when the holding ended.
	 */
	void claimEnded(BrokerMessage message) {
		String sessionId = message.content().sessionId();
		HeldSession holder = (sessionId != null) ? this.held.get(sessionId) : null;
		if (holder != null && holder.isOver()) {
			holder.takeBackIfOver(message);
			free(holder);
		}
	}

	/**
	 * Ends a holding. The session counts as held until its messages are back, for putting
	 * them back may call others; and messages that a transaction has claimed are back
	 * when that ends, or else their order would be lost.
	 */
	private boolean release(HeldSession holder, java.util.function.Consumer<BrokerMessage> takeBack) {
		if (!holder.end(takeBack)) {
			return false;
		}
		holder.session().locked().stream().filter((message) -> !message.isClaimed()).forEach(takeBack);
		free(holder);
		return true;
	}

	private void free(HeldSession holder) {
		if (holder.session().locked().isEmpty()) {
			this.held.remove(holder.sessionId());
			this.registry.release(holder.session());
		}
	}

	private HeldSession hold(String sessionId) {
		HeldSession holder = new HeldSession(this, this.registry.hold(sessionId));
		this.held.put(sessionId, holder);
		holder.lockUntil(this.handover.newLockEnd());
		return holder;
	}

	private boolean grantNext() {
		Session session = this.waits.isEmpty() ? null : this.registry.firstAvailable();
		if (session == null) {
			return false;
		}
		BrokerMessage first = session.firstReady();
		if (first != null && this.handover.isExpired(first)) {
			this.handover.expire(first);
		}
		else {
			this.waits.poll().accepted(hold(session.id()));
		}
		return true;
	}

	private boolean deliverNext() {
		Session session = this.registry.firstDue();
		if (session == null) {
			return false;
		}
		HeldSession holder = this.held.get(session.id());
		BrokerMessage message = session.firstReady();
		if (holder == null || message == null || !holder.wantsMessage(timers().now())) {
			this.registry.setIdle(session);
		}
		else if (this.handover.isExpired(message)) {
			this.handover.expire(message);
		}
		else {
			holder.deliver(message, this.handover);
		}
		return true;
	}

	private SessionSnapshot snapshot(Session session) {
		HeldSession holder = this.held.get(session.id());
		Instant lockedUntil = (holder != null) ? Instant.ofEpochMilli(holder.lockedUntil()) : null;
		return new SessionSnapshot(session.id(), state(session.id()), session.size(), lockedUntil);
	}

	private HeldSession require(String sessionId) {
		HeldSession holder = this.held.get(sessionId);
		if (holder == null || !holder.isHolding(timers().now())) {
			throw HeldSession.lockLost(sessionId);
		}
		return holder;
	}

	private Stream<BrokerMessage> messages(String sessionId, long fromSequenceNumber) {
		Session session = this.registry.find(sessionId);
		return (session != null) ? session.from(fromSequenceNumber) : Stream.empty();
	}

}
