package dev.servicebus.emulator.session;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageObserver;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one {@link dev.servicebus.emulator.store.MessageLog}, which it follows.
 *
 * <p>
 * Invariants: a session is available exactly if it is not held and has a ready message;
 * only held sessions are due for delivery; no session is kept that has neither message
 * nor state nor holder. Every change takes logarithmic time at most.
 */
public final class SessionRegistry implements MessageObserver {

	/**
	 * From this instant on, a listing means sessions that are in use now. It is the last
	 * second of the year 9999, where clients write the end of time.
	 */
	public static final long END_OF_TIME = 253_402_300_799_000L;

	private final Map<String, Session> sessions = new LinkedHashMap<>();

	/** Free sessions with something to deliver, the one that has waited longest first. */
	private final Set<Session> available = new LinkedHashSet<>();

	/** Held sessions that may have something to deliver. */
	private final Set<Session> due = new LinkedHashSet<>();

	private long stateSize;

	@Override
	public void changed(BrokerMessage message) {
		Session session = open(idOf(message));
		session.place(message);
		refresh(session);
	}

	@Override
	public void removed(BrokerMessage message) {
		Session session = open(idOf(message));
		session.forget(message);
		refresh(session);
	}

	public @Nullable Session find(String id) {
		return this.sessions.get(id);
	}

	/**
	 * The session to give to whoever takes any, {@code null} if there is none.
	 */
	public @Nullable Session firstAvailable() {
		return this.available.isEmpty() ? null : this.available.iterator().next();
	}

	/**
	 * A held session that may have something to deliver, {@code null} if there is none.
	 */
	public @Nullable Session firstDue() {
		return this.due.isEmpty() ? null : this.due.iterator().next();
	}

	/**
	 * Puts a session aside whose holder wants nothing, until its messages change or
	 * {@link #setDue(Session)} is called.
	 */
	public void setIdle(Session session) {
		this.due.remove(session);
	}

	/**
	 * Lets a session be looked at again, because its holder may want something.
	 */
	public void setDue(Session session) {
		refresh(session);
	}

	/**
	 * Marks a session as held, whether or not there is anything in it.
	 */
	public Session hold(String id) {
		Session session = open(id);
		session.setHeld(true);
		refresh(session);
		return session;
	}

	/**
	 * Gives a session free. If it has a ready message, it is the last in line.
	 */
	public void release(Session session) {
		session.setHeld(false);
		refresh(session);
	}

	/**
	 * Sets or clears the state of a held session.
	 */
	public void setState(Session session, byte @Nullable [] state, long now) {
		this.stateSize -= session.stateSize();
		session.setState(state, now);
		this.stateSize += session.stateSize();
	}

	/**
	 * All sessions, in the order in which they came into being. Lazy.
	 */
	public Stream<Session> sessions() {
		return this.sessions.values().stream();
	}

	/**
	 * Clears the states of all sessions.
	 */
	public void clearStates(long now) {
		for (Session session : List.copyOf(this.sessions.values())) {
			setState(session, null, now);
			refresh(session);
		}
	}

	/**
	 * The size of all states together, in bytes.
	 */
	public long stateSize() {
		return this.stateSize;
	}

	/**
	 * The ids of sessions whose state was changed after an instant, or, from
	 * {@link #END_OF_TIME} on, of those that have a state or an active message.
	 * @param updatedAfter milliseconds since the epoch
	 * @param skip how many to leave out at the beginning
	 * @param top the most to return
	 */
	public List<String> list(long updatedAfter, int skip, int top) {
		Stream<Session> found = this.sessions.values().stream();
		found = (updatedAfter >= END_OF_TIME) ? found.filter(Session::isInUse)
				: found.filter((session) -> session.isStateNewerThan(updatedAfter));
		return found.skip(skip).limit(top).map(Session::id).toList();
	}

	private Session open(String id) {
		return this.sessions.computeIfAbsent(id, Session::new);
	}

	private void refresh(Session session) {
		boolean ready = session.firstReady() != null;
		set(this.available, session, ready && !session.isHeld());
		set(this.due, session, ready && session.isHeld());
		if (session.isVacant()) {
			this.sessions.remove(session.id());
		}
	}

	private static void set(Set<Session> sessions, Session session, boolean present) {
		if (present) {
			sessions.add(session);
		}
		else {
			sessions.remove(session);
		}
	}

	private static String idOf(BrokerMessage message) {
		String id = message.content().sessionId();
		if (id == null) {
			throw new IllegalStateException("message " + message.sequenceNumber() + " belongs to no session");
		}
		return id;
	}

}
