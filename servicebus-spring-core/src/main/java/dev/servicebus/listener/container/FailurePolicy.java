package dev.servicebus.listener.container;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;

import dev.servicebus.client.retry.RetrySchedule;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionFailurePolicy;
import dev.servicebus.listener.SessionOptions;

/**
 * Proposes what becomes of a message that could not be handled, and asks the error
 * handler.
 */
final class FailurePolicy {

	private static final Logger logger = LoggerFactory.getLogger(FailurePolicy.class);

	/** The same message would fail in the same way for ever. */
	private static final List<Class<? extends Throwable>> INCURABLE = List.of(MessageConversionException.class,
			MethodArgumentResolutionException.class);

	private final ListenerDefinition definition;

	private final RetrySchedule retries;

	private final SessionFailurePolicy policy;

	FailurePolicy(ListenerDefinition definition, RandomGenerator random) {
		this.definition = definition;
		SessionOptions sessions = definition.options().sessions();
		this.policy = sessions.enabled() ? sessions.failurePolicy() : SessionFailurePolicy.HOLD;
		this.retries = RetrySchedule.ofAnyFailure(definition.options().retry(), random);
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
		if (error instanceof InterruptedException) {
			return Outcome.abandon();
		}
		if (INCURABLE.stream().anyMatch((type) -> type.isInstance(error))) {
			return deadLetter(error);
		}
		return switch (this.policy) {
			case HOLD ->
				delivery.attempts(this.retries).next(error).map(Outcome::retryAfter).orElseGet(() -> deadLetter(error));
			case SKIP -> deadLetter(error);
			case PARK -> nextDelivery(delivery, error).map(Outcome::parkSession).orElseGet(() -> deadLetter(error));
		};
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

	private static Outcome deadLetter(Throwable error) {
		String message = error.getMessage();
		return Outcome.deadLetter(error.getClass().getName(), (message != null) ? message : error.toString());
	}

}
