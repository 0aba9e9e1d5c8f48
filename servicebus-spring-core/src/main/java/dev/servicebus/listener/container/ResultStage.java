package dev.servicebus.listener.container;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SettlementMode;

/**
 * Turns the end of a listener into what becomes of its message.
 */
final class ResultStage {

	private final ListenerDefinition definition;

	private final ListenerMonitor monitor;

	private final Settler settler;

	private final RetryStage retries;

	private final FailurePolicy policy;

	private final DeadLetterStage deadLetters;

	private final Runnable stopContainer;

	ResultStage(Parts parts, RetryStage retries, Runnable stopContainer) {
		this.definition = parts.definition();
		this.monitor = parts.monitor();
		this.settler = parts.settler();
		this.retries = retries;
		this.policy = new FailurePolicy(parts.definition(), parts.services().random());
		this.deadLetters = new DeadLetterStage(parts.definition().listener());
		this.stopContainer = stopContainer;
	}

	void succeeded(Delivery delivery) {
		if (settles(delivery)) {
			this.settler.settle(delivery, Dispositions.COMPLETE)
				.whenComplete((settled, failure) -> failIfNotSaved(delivery, failure));
		}
		reportIfTooLate(delivery, null);
	}

	/**
	 * Returns whether a message is completed when its listener succeeds.
	 */
	boolean settles(Delivery delivery) {
		return this.definition.options().settlement() != SettlementMode.MANUAL && delivery.phase().isOpen();
	}

	private void failIfNotSaved(Delivery delivery, @Nullable Throwable failure) {
		if (failure != null && AsyncFailures.unwrap(failure) instanceof StateNotSavedException notSaved) {
			failed(delivery, notSaved);
		}
	}

	void failed(Delivery delivery, Throwable error) {
		if (reportIfTooLate(delivery, error)) {
			return;
		}
		delivery.discardState();
		ListenerFailure failure = this.policy.describe(delivery, error);
		if (!delivery.phase().isOpen()) {
			this.monitor.handlingFailed(failure, Outcome.complete());
			return;
		}
		Outcome outcome = this.deadLetters.decide(delivery, failure, this.policy.decide(failure));
		this.monitor.handlingFailed(failure, outcome);
		apply(delivery, outcome);
	}

	/**
	 * An interceptor has decided instead of the listener.
	 */
	void skipped(Delivery delivery, Outcome outcome) {
		if (!reportIfTooLate(delivery, null) && delivery.phase().isOpen()) {
			this.monitor.skipped(this.definition.id(), delivery.message(), outcome);
			apply(delivery, outcome);
		}
	}

	private boolean reportIfTooLate(Delivery delivery, @Nullable Throwable error) {
		if (!delivery.isLockLost()) {
			return false;
		}
		this.monitor.resultDiscarded(this.definition.id(), delivery.message(), error);
		return true;
	}

	private void apply(Delivery delivery, Outcome outcome) {
		if (outcome instanceof Outcome.RetryAfter retry) {
			this.retries.retry(delivery, retry.delay());
			return;
		}
		if (outcome instanceof Outcome.ParkSession park) {
			delivery.lane().park(park.delay());
		}
		this.settler.settle(delivery, disposition(outcome));
		if (outcome instanceof Outcome.StopContainer) {
			this.stopContainer.run();
		}
	}

	private static Disposition disposition(Outcome outcome) {
		if (outcome instanceof Outcome.Complete) {
			return Dispositions.COMPLETE;
		}
		if (outcome instanceof Outcome.DeadLetter deadLetter) {
			return Disposition.DeadLetter.ofAnyText(deadLetter.reason(), deadLetter.description(),
					deadLetter.propertiesToModify());
		}
		if (outcome instanceof Outcome.Defer defer) {
			return new Disposition.Defer(defer.propertiesToModify());
		}
		if (outcome instanceof Outcome.Abandon abandon) {
			return new Disposition.Abandon(abandon.propertiesToModify());
		}
		return Dispositions.ABANDON;
	}

}
