package dev.servicebus.listener.container;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageAlreadySettledException;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.listener.FailureProperties;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.observation.ObservedEntity;
import dev.servicebus.observation.QuietObservation;
import dev.servicebus.observation.ServiceBusObservations;
import dev.servicebus.observation.ServiceBusSettleContext;

/**
 * Settles each message once and never waits for it: the broker's confirmation, or its
 * failure, is followed in the background. Thread-safe.
 */
final class Settler {

	private static final Logger logger = LoggerFactory.getLogger(Settler.class);

	private final ListenerDefinition definition;

	private final InFlight inFlight;

	private final ListenerMonitor monitor;

	private final PatientExecutor threads;

	private final ServiceBusObservations observations;

	private final ObservedEntity entity;

	Settler(ListenerDefinition definition, InFlight inFlight, ContainerServices services) {
		this.definition = definition;
		this.inFlight = inFlight;
		this.monitor = services.monitor();
		this.threads = services.patientExecutor(definition.id());
		this.observations = services.observations();
		this.entity = this.observations.entity(definition.target().toReceiverOptions());
	}

	String listenerId() {
		return this.definition.id();
	}

	/**
	 * Settles a message because its listener says so.
	 */
	CompletableFuture<Void> settle(Delivery delivery, Disposition disposition) {
		DeliverySession unsaved = (disposition instanceof Disposition.Abandon) ? null : delivery.unsavedSession();
		if (unsaved != null && delivery.beginSaving()) {
			return unsaved.save()
				.handle((saved, failure) -> settleSaved(delivery, disposition, failure))
				.thenCompose(Function.identity());
		}
		if (!delivery.end(Phase.SETTLED)) {
			return refused(delivery);
		}
		tellIfReturned(delivery, disposition);
		return send(delivery, disposition);
	}

	private static void tellIfReturned(Delivery delivery, Disposition disposition) {
		if (disposition.returnsMessage()) {
			delivery.lane().returned();
		}
	}

	/**
	 * Completes a message because its listener has returned, in the cheapest way: that is
	 * what becomes of nearly all. A changed state of its session is not saved.
	 */
	void complete(Delivery delivery) {
		if (!delivery.end(Phase.SETTLED)) {
			return;
		}
		if (!this.observations.isNoop()) {
			send(delivery, Dispositions.COMPLETE);
			return;
		}
		try {
			delivery.lane()
				.settle(delivery.message(), Dispositions.COMPLETE,
						(failure) -> confirmed(delivery, Dispositions.COMPLETE, failure));
		}
		catch (RuntimeException ex) {
			confirmed(delivery, Dispositions.COMPLETE, ex);
		}
	}

	private CompletableFuture<Void> settleSaved(Delivery delivery, Disposition disposition,
			@Nullable Throwable failure) {
		if (!delivery.endSaving(failure == null)) {
			return refused(delivery);
		}
		if (failure == null) {
			return send(delivery, disposition);
		}
		StateNotSavedException notSaved = new StateNotSavedException(AsyncFailures.unwrap(failure));
		this.monitor.settlementFailed(listenerId(), delivery.message(), disposition, notSaved);
		return CompletableFuture.failedFuture(notSaved);
	}

	private CompletableFuture<Void> refused(Delivery delivery) {
		return CompletableFuture.failedFuture(refusal(delivery));
	}

	/**
	 * Settles a message for its listener, in the transaction if there is one.
	 */
	CompletableFuture<Void> settleForListener(Delivery delivery, Disposition disposition) {
		Enlistment enlistment = delivery.enlistment();
		if (enlistment == null) {
			return settle(delivery, disposition);
		}
		CompletableFuture<Void> noted = delivery.phase().isOpen() ? enlistment.settle(disposition) : null;
		return (noted != null) ? noted : CompletableFuture.failedFuture(refusal(delivery));
	}

	/**
	 * The transaction in which a message was settled is committed.
	 * @param failure why nobody knows whether it is, {@code null} if it is
	 */
	void committed(Delivery delivery, Disposition disposition, @Nullable ServiceBusException failure) {
		if (delivery.end(Phase.SETTLED)) {
			tellIfReturned(delivery, disposition);
			confirmed(delivery, disposition, failure);
		}
	}

	/**
	 * Settles a message because the container ends, not because of its listener.
	 */
	void giveBack(Delivery delivery, Disposition disposition) {
		if (delivery.end(Phase.GIVEN_BACK)) {
			send(delivery, disposition);
		}
	}

	/**
	 * Gives a message back that the listener does not have. Its delivery count rises if
	 * the listener had it before.
	 */
	void giveBack(Delivery delivery) {
		if (delivery.attempt() > 0) {
			abandonWaiting(delivery);
		}
		else {
			giveBack(delivery, Dispositions.RELEASE);
		}
	}

	/**
	 * Gives a message back that waits for another attempt, so that whoever gets it next
	 * counts on.
	 */
	void abandonWaiting(Delivery delivery) {
		giveBack(delivery, new Disposition.Abandon(Map.of(FailureProperties.RETRY_ATTEMPTS, delivery.attempt())));
	}

	/**
	 * The lock of a message is lost, and with it the message.
	 */
	void lost(Delivery delivery, ServiceBusException failure) {
		if (delivery.end(Phase.LOCK_LOST)) {
			this.inFlight.remove(delivery);
			this.monitor.lockLost(listenerId(), delivery.message(), failure);
		}
	}

	private CompletableFuture<Void> send(Delivery delivery, Disposition disposition) {
		CompletableFuture<Void> confirmation = this.observations.isNoop() ? trySend(delivery, disposition)
				: sendObserved(delivery, disposition);
		confirmation.whenComplete((result, failure) -> confirmed(delivery, disposition, failure));
		return confirmation;
	}

	private CompletableFuture<Void> sendObserved(Delivery delivery, Disposition disposition) {
		QuietObservation observation = this.observations
			.settle(new ServiceBusSettleContext(this.entity, delivery.message(), disposition), delivery.observation());
		CompletableFuture<Void> confirmation = trySend(delivery, disposition);
		confirmation.whenComplete(
				(result, failure) -> observation.stop((failure != null) ? AsyncFailures.unwrap(failure) : null));
		return confirmation;
	}

	private static CompletableFuture<Void> trySend(Delivery delivery, Disposition disposition) {
		try {
			return delivery.lane().settle(delivery.message(), disposition);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * The broker has answered to a settlement, or will not.
	 */
	void confirmed(Delivery delivery, Disposition disposition, @Nullable Throwable failure) {
		this.inFlight.remove(delivery);
		if (failure == null) {
			this.monitor.settled(listenerId(), delivery.message(), disposition);
		}
		else {
			this.monitor.settlementFailed(listenerId(), delivery.message(), disposition, AsyncFailures.unwrap(failure));
		}
	}

	/**
	 * Runs something for a listener beside its thread. What it throws is logged.
	 */
	void runAside(Runnable action) {
		try {
			this.threads.execute(() -> runLogged(action));
		}
		catch (RuntimeException ex) {
			logger.warn("What listener '{}' does about a lost lock is not done: no thread will come any more",
					listenerId(), ex);
		}
	}

	private void runLogged(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			logger.warn("What listener '{}' does about a lost lock has failed", listenerId(), ex);
		}
	}

	/**
	 * Says why nothing can be done with a message any more.
	 */
	ServiceBusException refusal(Delivery delivery) {
		ErrorContext context = ErrorContext.of("settle", this.definition.target().toString());
		return switch (delivery.phase()) {
			case LOCK_LOST -> new MessageLockLostException(context.withDescription("the lock of the message was lost"));
			case GIVEN_BACK -> new MessageLockLostException(
					context.withDescription("the container has stopped and given the message back"));
			default -> new MessageAlreadySettledException(context.withDescription("the message was settled before"));
		};
	}

}
