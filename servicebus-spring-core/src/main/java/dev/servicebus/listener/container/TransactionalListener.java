package dev.servicebus.listener.container;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.Waiting;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.transaction.CurrentTransaction;

/**
 * Calls a listener within a transaction of its own, which ends with the settlement of the
 * message. A listener that throws has done nothing; its failure goes the usual way, which
 * is no part of the transaction. The thread waits for the broker, which is the price of
 * an answer.
 */
final class TransactionalListener implements MessageListener {

	private final MessagingClient client;

	private final MessageListener listener;

	private final Settler settler;

	TransactionalListener(MessagingClient client, MessageListener listener, Settler settler) {
		this.client = client;
		this.listener = listener;
		this.settler = settler;
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message, ListenerContext context) throws Exception {
		Delivery delivery = (Delivery) context;
		try (ServiceBusTransaction transaction = this.client.beginTransaction()) {
			Enlistment enlistment = delivery.enlist(transaction);
			try {
				call(message, delivery, transaction);
				commit(delivery, enlistment, transaction);
			}
			catch (Throwable ex) {
				giveUp(enlistment, transaction, ex);
				throw ex;
			}
			finally {
				delivery.leaveTransaction();
			}
		}
	}

	private void call(ServiceBusReceivedMessage message, Delivery delivery, ServiceBusTransaction transaction)
			throws Exception {
		try (CurrentTransaction.Binding binding = CurrentTransaction.bind(this.client, transaction)) {
			this.listener.onMessage(message, delivery);
		}
		if (delivery.result() != null) {
			throw new IllegalStateException("A transactional listener has to be done when it returns, since a"
					+ " transaction belongs to its thread; it must not return a future");
		}
	}

	private void commit(Delivery delivery, Enlistment enlistment, ServiceBusTransaction transaction) {
		saveState(delivery);
		enlistment.settle(Dispositions.COMPLETE);
		Waiting.await(enlistment.noted(), ErrorContext.of("settle", null));
		Disposition disposition = enlistment.disposition();
		try {
			transaction.commit();
			this.settler.committed(delivery, (disposition != null) ? disposition : Dispositions.COMPLETE, null);
		}
		catch (UnknownOutcomeException ex) {
			this.settler.committed(delivery, (disposition != null) ? disposition : Dispositions.COMPLETE, ex);
		}
	}

	/** So that the message is in hand again before its failure is dealt with. */
	private static void giveUp(Enlistment enlistment, ServiceBusTransaction transaction, Throwable reason) {
		if (enlistment.disposition() == null) {
			return;
		}
		try {
			transaction.rollBack();
		}
		catch (ServiceBusException ex) {
			reason.addSuppressed(ex);
		}
	}

	/**
	 * A state is no part of a transaction, so it is stored before it is too late to fail.
	 */
	private static void saveState(Delivery delivery) {
		DeliverySession unsaved = delivery.unsavedSession();
		if (unsaved != null) {
			Waiting.await(unsaved.save(), ErrorContext.of("set-session-state", null));
		}
	}

	@Override
	public String toString() {
		return this.listener + " in a transaction";
	}

}
