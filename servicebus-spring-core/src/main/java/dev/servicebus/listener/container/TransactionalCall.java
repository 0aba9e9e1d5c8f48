package dev.servicebus.listener.container;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.Waiting;
import dev.servicebus.transaction.CurrentTransaction;

/**
 * Calls listeners within transactions, each of which ends with the settlement of the
 * messages of its call. A listener that throws has done nothing; its failure goes the
 * usual way, which is no part of the transaction. The thread waits for the broker, which
 * is the price of an answer.
 */
final class TransactionalCall {

	private final MessagingClient client;

	private final Settler settler;

	TransactionalCall(MessagingClient client, Settler settler) {
		this.client = client;
		this.settler = settler;
	}

	/**
	 * Calls a listener and completes its messages, if it has not settled them, or does
	 * nothing.
	 * @param deliveries the messages, which may be settled in the transaction
	 * @param listener the call, which must be done when it returns
	 * @param done tells afterwards which messages to complete
	 */
	void run(List<Delivery> deliveries, ListenerCall listener, Supplier<List<Delivery>> done) throws Exception {
		try (ServiceBusTransaction transaction = this.client.beginTransaction()) {
			List<Enlistment> enlistments = deliveries.stream().map((delivery) -> delivery.enlist(transaction)).toList();
			try {
				try (CurrentTransaction.Binding binding = CurrentTransaction.bind(this.client, transaction)) {
					listener.call();
				}
				saveState(done.get());
				done.get().forEach(TransactionalCall::complete);
				commit(enlistments, transaction);
			}
			catch (Throwable ex) {
				giveUp(enlistments, transaction, ex);
				throw ex;
			}
			finally {
				deliveries.forEach(Delivery::leaveTransaction);
			}
		}
	}

	private static void complete(Delivery delivery) {
		Enlistment enlistment = delivery.enlistment();
		if (enlistment != null) {
			enlistment.settle(Dispositions.COMPLETE);
		}
	}

	private void commit(List<Enlistment> enlistments, ServiceBusTransaction transaction) {
		Waiting.await(
				CompletableFuture
					.allOf(enlistments.stream().map(Enlistment::noted).toArray(CompletableFuture<?>[]::new)),
				ErrorContext.of("settle", null));
		try {
			transaction.commit();
			enlistments.forEach((enlistment) -> committed(enlistment, null));
		}
		catch (UnknownOutcomeException ex) {
			enlistments.forEach((enlistment) -> committed(enlistment, ex));
		}
	}

	private void committed(Enlistment enlistment, @Nullable UnknownOutcomeException failure) {
		Disposition disposition = enlistment.disposition();
		if (disposition != null) {
			this.settler.committed(enlistment.delivery(), disposition, failure);
		}
	}

	/** So that the messages are in hand again before their failure is dealt with. */
	private static void giveUp(List<Enlistment> enlistments, ServiceBusTransaction transaction, Throwable reason) {
		if (enlistments.stream().allMatch((enlistment) -> enlistment.disposition() == null)) {
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
	private static void saveState(List<Delivery> done) {
		for (Delivery delivery : done) {
			DeliverySession unsaved = delivery.unsavedSession();
			if (unsaved != null) {
				Waiting.await(unsaved.save(), ErrorContext.of("set-session-state", null));
			}
		}
	}

	/**
	 * Why a listener that is not done when it returns is refused.
	 */
	static IllegalStateException notDone() {
		return new IllegalStateException("A transactional listener has to be done when it returns, since a"
				+ " transaction belongs to its thread; it must not return a future");
	}

}
