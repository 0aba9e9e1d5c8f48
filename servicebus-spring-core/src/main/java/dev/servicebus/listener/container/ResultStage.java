package dev.servicebus.listener.container;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SettlementMode;

/**
 * Turns the end of a listener into what becomes of its message.
 */
final class ResultStage {

	private static final Logger logger = LoggerFactory.getLogger(ServiceBusListenerContainer.class);

	private final ListenerDefinition definition;

	private final ListenerMonitor monitor;

	private final Settler settler;

	private final OutcomeStage outcomes;

	private final FailurePolicy policy;

	private final DeadLetterStage deadLetters;

	private final FatalErrors fatalErrors;

	ResultStage(Parts parts, RetryStage retries, FatalErrors fatalErrors) {
		this.definition = parts.definition();
		this.monitor = parts.monitor();
		this.settler = parts.settler();
		this.outcomes = new OutcomeStage(parts, retries);
		this.policy = new FailurePolicy(parts.definition(), parts.services().random());
		this.deadLetters = new DeadLetterStage(parts.definition().listener());
		this.fatalErrors = fatalErrors;
	}

	void succeeded(Delivery delivery) {
		if (settles(delivery)) {
			complete(delivery);
		}
		reportIfTooLate(delivery, null);
	}

	/**
	 * Returns whether a message is completed when its listener succeeds.
	 */
	boolean settles(Delivery delivery) {
		return this.definition.options().settlement() != SettlementMode.MANUAL && delivery.phase().isOpen();
	}

	private void complete(Delivery delivery) {
		if (delivery.unsavedSession() == null) {
			this.settler.complete(delivery);
		}
		else {
			this.settler.settle(delivery, Dispositions.COMPLETE)
				.whenComplete((settled, failure) -> failIfNotSaved(delivery, failure));
		}
	}

	private void failIfNotSaved(Delivery delivery, @Nullable Throwable failure) {
		if (failure != null && AsyncFailures.unwrap(failure) instanceof StateNotSavedException notSaved) {
			failed(delivery, notSaved);
		}
	}

	void failed(Delivery delivery, Throwable error) {
		if (FailureClassifier.isFatal(error)) {
			this.fatalErrors.doubt(error);
		}
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
		this.outcomes.apply(delivery, outcome,
				(problem) -> attempt(delivery, () -> replyFailed(delivery, failure, problem)));
		if (outcome instanceof Outcome.StopContainer) {
			this.fatalErrors.stop(error);
		}
	}

	/**
	 * The error handler wanted to answer, which has failed, too, so the message goes its
	 * usual way.
	 */
	private void replyFailed(Delivery delivery, ListenerFailure failure, Throwable error) {
		if (reportIfTooLate(delivery, error)) {
			return;
		}
		Outcome decided = this.deadLetters.decide(delivery, failure, failure.proposal());
		Outcome outcome = (decided instanceof Outcome.Reply) ? failure.proposal() : decided;
		this.monitor.handlingFailed(new ListenerFailure(failure.listenerId(), failure.message(), error,
				failure.attempt(), failure.proposal()), outcome);
		this.outcomes.apply(delivery, outcome, (problem) -> broken(delivery, problem));
	}

	private void attempt(Delivery delivery, Runnable end) {
		try {
			end.run();
		}
		catch (Throwable ex) {
			broken(delivery, ex);
		}
	}

	/**
	 * An interceptor has decided instead of the listener.
	 */
	void skipped(Delivery delivery, Outcome outcome) {
		if (!reportIfTooLate(delivery, null) && delivery.phase().isOpen()) {
			this.monitor.skipped(this.definition.id(), delivery.message(), outcome);
			this.outcomes.apply(delivery, outcome, (problem) -> attempt(delivery, () -> failed(delivery, problem)));
			if (outcome instanceof Outcome.StopContainer) {
				this.fatalErrors.stop(new IllegalStateException(
						"An interceptor of listener '" + this.definition.id() + "' has stopped it"));
			}
		}
	}

	/**
	 * What is done about the end of a listener has failed itself, as no part of it
	 * should.
	 */
	void broken(Delivery delivery, Throwable error) {
		try {
			logger.error(
					"Listener '{}' came to an end with message {}, which could not be dealt with; it is given back",
					this.definition.id(), delivery.message().sequenceNumber(), error);
			this.settler.settle(delivery, Dispositions.ABANDON);
		}
		catch (Throwable ex) {
			error.addSuppressed(ex);
			logger.error("Message {} could not even be given back; it comes again when its lock expires",
					delivery.message().sequenceNumber(), error);
		}
	}

	private boolean reportIfTooLate(Delivery delivery, @Nullable Throwable error) {
		if (!delivery.isLockLost()) {
			return false;
		}
		this.monitor.resultDiscarded(this.definition.id(), delivery.message(), error);
		return true;
	}

}
