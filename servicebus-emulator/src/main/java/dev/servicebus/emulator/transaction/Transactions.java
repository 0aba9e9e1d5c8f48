package dev.servicebus.emulator.transaction;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.time.BrokerTimers;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one client. Belongs to the broker's loop.
 */
public final class Transactions {

	/** How many transactions a client may have at a time. */
	public static final int MAX_TRANSACTIONS = 1000;

	/** Those that were not ended by the client, the oldest first. */
	private final Map<UUID, Transaction> transactions = new LinkedHashMap<>();

	private final BrokerTimers timers;

	private final Supplier<UUID> ids;

	/**
	 * Creates an empty set.
	 * @param timers the broker's time
	 * @param ids draws an id for each transaction, none twice
	 */
	public Transactions(BrokerTimers timers, Supplier<UUID> ids) {
		this.timers = timers;
		this.ids = ids;
	}

	/**
	 * Begins a transaction.
	 * @throws BrokerException if there are too many
	 */
	public Transaction declare() {
		if (this.transactions.size() >= MAX_TRANSACTIONS) {
			this.transactions.values().removeIf((transaction) -> !transaction.isOpen());
		}
		if (this.transactions.size() >= MAX_TRANSACTIONS) {
			throw new BrokerException(BrokerError.RESOURCE_LIMIT_EXCEEDED,
					"A connection may have no more than " + MAX_TRANSACTIONS + " transactions at a time.");
		}
		Transaction transaction = new Transaction(this.ids.get(), this.timers);
		this.transactions.put(transaction.id(), transaction);
		return transaction;
	}

	/**
	 * Finds an open transaction.
	 * @throws BrokerException if there is none of that id, or it took too long
	 */
	public Transaction find(UUID id) {
		Transaction transaction = known(this.transactions.get(id), id);
		transaction.requireOpen();
		return transaction;
	}

	/**
	 * Does all work of a transaction, or nothing. The transaction is over either way.
	 * @throws BrokerException if nothing was done
	 */
	public void commit(UUID id) {
		remove(id).commit();
	}

	/**
	 * Gives all work of a transaction up; so it has been already if it took too long.
	 * @throws BrokerException if there is none of that id
	 */
	public void rollBack(UUID id) {
		remove(id).rollBack();
	}

	/**
	 * How many transactions there are that their client has not ended.
	 */
	public int size() {
		return this.transactions.size();
	}

	static BrokerException unknown(UUID id) {
		return new BrokerException(BrokerError.TRANSACTION_UNKNOWN,
				"There is no transaction " + id + " on this connection: it was never declared, or has ended.");
	}

	private Transaction remove(UUID id) {
		return known(this.transactions.remove(id), id);
	}

	private static Transaction known(@Nullable Transaction transaction, UUID id) {
		if (transaction == null) {
			throw unknown(id);
		}
		return transaction;
	}

}
