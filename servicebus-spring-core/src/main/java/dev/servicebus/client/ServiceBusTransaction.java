package dev.servicebus.client;

import java.util.concurrent.CompletableFuture;

/**
 * Work on one or several entities that is done as a whole or not at all. Messages are
 * sent and scheduled through {@link ServiceBusSender#inTransaction}, and settled by
 * {@link ServiceBusReceiver#settle(dev.servicebus.message.ServiceBusReceivedMessage, Disposition, ServiceBusTransaction)};
 * nobody sees anything of it before the commit. Thread-safe.
 *
 * <p>
 * Work that fails makes the commit fail, too. The service gives a transaction up two
 * minutes after its first work, and when the connection is lost; whatever is tried in it
 * then fails with a {@link TransactionException}, and is never done outside of it.
 *
 * <pre>{@code
 * try (ServiceBusTransaction transaction = client.beginTransaction()) {
 *     client.sender("invoices").inTransaction(transaction).send(invoice);
 *     receiver.settle(order, new Disposition.Complete(), transaction);
 *     transaction.commit();
 * }
 * }</pre>
 */
public interface ServiceBusTransaction extends AutoCloseable {

	/**
	 * Waits for the work under way to end, and has everything done. Harmless when it is
	 * done already.
	 * @throws TransactionException if nothing was done, because work in it had failed or
	 * the broker gave it up
	 * @throws UnknownOutcomeException if the answer was lost: everything was done, or
	 * nothing
	 */
	void commit();

	/**
	 * Like {@link #commit()}.
	 */
	CompletableFuture<Void> commitAsync();

	/**
	 * Gives everything up: nothing is sent, and messages that were settled stay locked
	 * for as long as their lock holds and can be settled again. Harmless when it is given
	 * up already.
	 * @throws ServiceBusException if it was committed, or nobody knows whether it was
	 */
	void rollBack();

	/**
	 * Like {@link #rollBack()}.
	 */
	CompletableFuture<Void> rollBackAsync();

	/**
	 * Gives the transaction up unless it has ended, without waiting and without failing:
	 * what the broker does not hear it finds out by itself.
	 */
	@Override
	void close();

}
