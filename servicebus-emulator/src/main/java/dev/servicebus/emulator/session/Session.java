package dev.servicebus.emulator.session;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.store.MessageState;
import org.jspecify.annotations.Nullable;

/**
 * One session: its messages in the order of their numbers, and its state. It exists as
 * long as it has a message or a state, or is held. Only its {@link SessionRegistry}
 * changes it.
 */
public final class Session {

	private static final int NO_BYTES = 0;

	private final String id;

	private final TreeMap<Long, BrokerMessage> messages = new TreeMap<>();

	private final TreeMap<Long, BrokerMessage> ready = new TreeMap<>();

	private final TreeMap<Long, BrokerMessage> locked = new TreeMap<>();

	private byte @Nullable [] state;

	private long stateChangedAt = Long.MIN_VALUE;

	private boolean held;

	Session(String id) {
		this.id = id;
	}

	public String id() {
		return this.id;
	}

	/**
	 * Returns whether somebody holds the session's lock.
	 */
	public boolean isHeld() {
		return this.held;
	}

	/**
	 * What receivers have stored, {@code null} if there is nothing. Not to be modified.
	 */
	public byte @Nullable [] state() {
		return this.state;
	}

	/**
	 * How many messages it has, whatever their state.
	 */
	public int size() {
		return this.messages.size();
	}

	/**
	 * The message to deliver next, {@code null} if there is none.
	 */
	public @Nullable BrokerMessage firstReady() {
		return this.ready.isEmpty() ? null : this.ready.firstEntry().getValue();
	}

	/**
	 * The messages that the holder has got and not settled yet, ascending: a copy.
	 */
	public List<BrokerMessage> locked() {
		return List.copyOf(this.locked.values());
	}

	/**
	 * The messages from {@code sequenceNumber} on, ascending, whatever their state. Lazy.
	 */
	public Stream<BrokerMessage> from(long sequenceNumber) {
		return this.messages.tailMap(sequenceNumber, true).values().stream();
	}

	void place(BrokerMessage message) {
		Long number = message.sequenceNumber();
		this.messages.put(number, message);
		put(this.locked, number, message, message.isLocked());
		put(this.ready, number, message, !message.isLocked() && message.state() == MessageState.ACTIVE);
	}

	void forget(BrokerMessage message) {
		Long number = message.sequenceNumber();
		this.messages.remove(number);
		this.ready.remove(number);
		this.locked.remove(number);
	}

	void setHeld(boolean newHeld) {
		this.held = newHeld;
	}

	void setState(byte @Nullable [] newState, long now) {
		this.state = newState;
		this.stateChangedAt = now;
	}

	boolean isStateNewerThan(long time) {
		return this.stateChangedAt > time;
	}

	boolean isInUse() {
		return this.state != null || this.messages.values().stream().anyMatch(Session::isActive);
	}

	boolean isVacant() {
		return !this.held && this.state == null && this.messages.isEmpty();
	}

	int stateSize() {
		return (this.state != null) ? this.state.length : NO_BYTES;
	}

	private static boolean isActive(BrokerMessage message) {
		return message.state() == MessageState.ACTIVE;
	}

	private static void put(TreeMap<Long, BrokerMessage> map, Long number, BrokerMessage message, boolean present) {
		if (present) {
			map.put(number, message);
		}
		else {
			map.remove(number);
		}
	}

}
