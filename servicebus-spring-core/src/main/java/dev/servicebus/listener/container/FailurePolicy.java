package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.retry.RetrySchedule;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.OutcomeException;
import dev.servicebus.listener.SessionFailurePolicy;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.listener.SettlementMode;

/**
 * Proposes what becomes of a message that could not be handled, and asks the error
 * handler.
 */
final class FailurePolicy {

	private static final Logger logger = LoggerFactory.getLogger(FailurePolicy.class);

	private final ListenerDefinition definition;

	private final RetrySchedule retries;

	private final SessionFailurePolicy policy;

	private final FailureClassifier classifier;

	private final FailureReport report;

	FailurePolicy(ListenerDefinition definition, RandomGenerator random) {
		this.definition = definition;
		SessionOptions sessions = definition.options().sessions();
		this.policy = sessions.enabled() ? sessions.failurePolicy() : SessionFailurePolicy.HOLD;
		this.retries = RetrySchedule.ofAnyFailure(definition.options().retry(), random);
		this.classifier = new FailureClassifier(definition.options().failures());
		this.report = new FailureReport(definition);
	}

	ListenerFailure describe(Delivery delivery, Throwable error) {
		return new ListenerFailure(this.definition.id(), delivery.message(), error, delivery.attempt(),
				proposal(delivery, error));
	}

	Outcome decide(ListenerFailure failure) {
		try {
			Outcome outcome = this.definition.errorHandler().handle(failure);
			return Objects.requireNonNull(outcome, "the error handler returned null");
		}
		catch (Throwable ex) {
			logger.error("The error handler of listener '{}' failed; its message goes the proposed way",
					this.definition.id(), ex);
			return failure.proposal();
		}
	}

	private Outcome proposal(Delivery delivery, Throwable error) {
		OutcomeException stated = FailureClassifier.stated(error);
		if (stated != null) {
			return stated(delivery, error, stated.outcome());
		}
		ListenerOptions options = this.definition.options();
		if (FailureClassifier.isFatal(error) && options.failures().stopOnFatalError()) {
			return Outcome.stopContainer();
		}
		if (options.settlement() == SettlementMode.ALWAYS) {
			return Outcome.complete();
		}
		if (error instanceof InterruptedException) {
			return Outcome.abandon();
		}
		if (!this.classifier.isRetryable(error)) {
			return this.report.deadLetter(delivery, error);
		}
		return switch (this.policy) {
			case HOLD -> nextAttempt(delivery, error).map(Outcome::retryAfter)
				.orElseGet(() -> this.report.deadLetter(delivery, error));
			case SKIP -> this.report.deadLetter(delivery, error);
			case PARK -> nextDelivery(delivery, error).map(Outcome::parkSession)
				.orElseGet(() -> this.report.deadLetter(delivery, error));
		};
	}

	private Outcome stated(Delivery delivery, Throwable error, Outcome outcome) {
		if (outcome instanceof Outcome.DeadLetter deadLetter) {
			return this.report.deadLetter(deadLetter, delivery, error);
		}
		boolean usedUp = outcome instanceof Outcome.RetryAfter && nextAttempt(delivery, error).isEmpty();
		return usedUp ? this.report.deadLetter(delivery, error) : outcome;
	}

	private Optional<Duration> nextAttempt(Delivery delivery, Throwable error) {
		return delivery.attempts(this.retries).next(error);
	}

	/**
	 * Each attempt is a delivery, here or elsewhere, that the broker has counted.
	 */
	private Optional<Duration> nextDelivery(Delivery delivery, Throwable error) {
		long failed = delivery.message().deliveryCount() + delivery.attempt();
		RetrySchedule.Attempts attempts = this.retries.start();
		Optional<Duration> delay = attempts.next(error);
		for (long number = 1; number < failed && delay.isPresent(); number++) {
			delay = attempts.next(error);
		}
		return delay;
	}

}
