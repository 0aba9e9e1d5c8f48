package dev.servicebus.emulator.amqp.transaction;

import java.nio.ByteBuffer;
import java.util.UUID;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.transaction.Transaction;
import dev.servicebus.emulator.transaction.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one connection by their ids on the wire, which are good on all
 * links of the connection and nowhere else. Belongs to the broker's loop.
 */
public final class ClientTransactions {

	private static final int ID_LENGTH = 2 * Long.BYTES;

	private final Transactions transactions;

	public ClientTransactions(Transactions transactions) {
		this.transactions = transactions;
	}

	/**
	 * The transaction to which a delivery belongs.
	 * @param state what the client says of the delivery
	 * @return {@code null} if it belongs to none
	 * @throws BrokerException if there is no such transaction
	 */
	public @Nullable Transaction of(@Nullable DeliveryState state) {
		return (state instanceof DeliveryState.Transactional work) ? find(work.transactionId()) : null;
	}

	/**
	 * Finds a transaction.
	 * @throws BrokerException if there is none of that id
	 */
	public Transaction find(byte[] id) {
		return this.transactions.find(uuid(id));
	}

	/**
	 * What the client is told of a delivery: its outcome or, within a transaction, what
	 * its outcome will be after the commit.
	 * @param state what the client says of the delivery
	 * @param outcome the outcome
	 */
	public static DeliveryState answer(@Nullable DeliveryState state, DeliveryState outcome) {
		return (state instanceof DeliveryState.Transactional work)
				? new DeliveryState.Transactional(work.transactionId(), outcome) : outcome;
	}

	byte[] declare() {
		UUID id = this.transactions.declare().id();
		return ByteBuffer.allocate(ID_LENGTH)
			.putLong(id.getMostSignificantBits())
			.putLong(id.getLeastSignificantBits())
			.array();
	}

	void commit(byte[] id) {
		this.transactions.commit(uuid(id));
	}

	void rollBack(byte[] id) {
		this.transactions.rollBack(uuid(id));
	}

	private static UUID uuid(byte[] id) {
		if (id.length != ID_LENGTH) {
			throw new BrokerException(BrokerError.TRANSACTION_UNKNOWN,
					"The id of a transaction has " + ID_LENGTH + " bytes here, and not " + id.length + ".");
		}
		ByteBuffer bytes = ByteBuffer.wrap(id);
		return new UUID(bytes.getLong(), bytes.getLong());
	}

}
