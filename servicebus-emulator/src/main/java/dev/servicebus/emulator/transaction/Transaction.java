package dev.servicebus.emulator.transaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.delivery.TransactionalWork;
import dev.servicebus.emulator.entity.PreparedMessages;
import dev.servicebus.emulator.entity.ReceivableEntity;
import dev.servicebus.emulator.entity.SendableEntity;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.time.BrokerTimer;
import dev.servicebus.emulator.time.BrokerTimers;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, from its declaration to its end: the work that has been asked for so
 * far. Belongs to the broker's loop.
 */
public final class Transaction {

	/** How long a transaction may take, from its first work on. */
	public static final Duration TIMEOUT = Duration.ofMinutes(2);

	/** The most messages that one transaction sends. */
	public static final int MAX_MESSAGES = 100;

	private final UUID id;

	private final BrokerTimers timers;

	private final List<TransactionalWork> works = new ArrayList<>();

	private int messages;

	private State state = State.OPEN;

	private @Nullable BrokerTimer timer;

	private @Nullable BrokerException failure;

	Transaction(UUID id, BrokerTimers timers) {
		this.id = id;
		this.timers = timers;
	}

	/**
	 * Names the transaction, for its client only.
	 */
	public UUID id() {
		return this.id;
	}

	/**
	 * Sends messages at the commit. A refusal ends in the failure of the commit, since
	 * not every client looks at what becomes of a single message before.
	 * @throws BrokerException if they are refused
	 */
	public void send(SendableEntity target, List<? extends MessageContent> contents) {
		requireOpen();
		try {
			prepare(target, contents);
		}
		catch (BrokerException ex) {
			fail(ex);
			throw ex;
		}
	}

	/**
	 * Schedules messages at the commit.
	 * @return their sequence numbers, good for cancelling them after the commit
	 * @throws BrokerException if they are refused; the transaction goes on without them
	 */
	public long[] schedule(SendableEntity target, List<? extends MessageContent> contents) {
		requireOpen();
		return prepare(target, contents).reserveNumbers();
	}

	/**
	 * Settles deliveries alike at the commit. Until then they stay locked.
	 * @throws BrokerException if they cannot be settled; the transaction goes on without
	 * them
	 */
	public void settle(ReceivableEntity source, Collection<UUID> lockTokens, Settlement settlement) {
		requireOpen();
		add(source.prepare(lockTokens, settlement));
	}

	/**
	 * Lets the commit fail.
	 * @param reason what it will be refused with; the first one counts
	 */
	public void fail(BrokerException reason) {
		if (this.failure == null) {
			this.failure = reason;
		}
	}

	boolean isOpen() {
		return this.state == State.OPEN;
	}

	/**
	 * Does all work, or nothing.
	 * @throws BrokerException if it did nothing
	 */
	void commit() {
		requireOpen();
		try {
			check();
		}
		catch (BrokerException ex) {
			rollBack();
			throw new BrokerException(BrokerError.TRANSACTION_ROLLED_BACK,
					"The transaction was rolled back: " + ex.getMessage());
		}
		end(State.ENDED);
		this.works.forEach(TransactionalWork::apply);
		this.works.clear();
	}

	/**
	 * Gives all work up. Harmless when the transaction has ended.
	 */
	void rollBack() {
		rollBack(State.ENDED);
	}

	private void rollBack(State newState) {
		if (isOpen()) {
			end(newState);
			this.works.forEach(TransactionalWork::rollBack);
			this.works.clear();
		}
	}

	private void check() {
		if (this.failure != null) {
			throw this.failure;
		}
		this.works.forEach(TransactionalWork::check);
	}

	void requireOpen() {
		if (this.state == State.TIMED_OUT) {
			throw new BrokerException(BrokerError.TRANSACTION_TIMED_OUT,
					"The transaction was rolled back because it took longer than " + TIMEOUT.toMinutes() + " minutes.");
		}
		if (this.state == State.ENDED) {
			throw Transactions.unknown(this.id);
		}
	}

	private PreparedMessages prepare(SendableEntity target, List<? extends MessageContent> contents) {
		if (this.messages + contents.size() > MAX_MESSAGES) {
			throw new BrokerException(BrokerError.NOT_ALLOWED,
					"Cannot send more than " + MAX_MESSAGES + " messages in a single transaction.");
		}
		PreparedMessages prepared = target.prepare(contents);
		this.messages += contents.size();
		add(prepared);
		return prepared;
	}

	private void add(TransactionalWork work) {
		this.works.add(work);
		if (this.timer == null) {
			this.timer = this.timers.schedule(this.timers.now() + TIMEOUT.toMillis(), () -> rollBack(State.TIMED_OUT));
		}
	}

	private void end(State newState) {
		this.state = newState;
		if (this.timer != null) {
			this.timer.cancel();
		}
	}

	private enum State {

		OPEN, TIMED_OUT, ENDED

	}

}
