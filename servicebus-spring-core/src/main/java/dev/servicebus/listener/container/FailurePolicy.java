package dev.servicebus.listener.container;

import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;

import dev.servicebus.client.retry.RetrySchedule;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.Outcome;

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

	FailurePolicy(ListenerDefinition definition, RandomGenerator random) {
		this.definition = definition;
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
		return delivery.attempts(this.retries).next(error).map(Outcome::retryAfter).orElseGet(() -> deadLetter(error));
	}

	private static Outcome deadLetter(Throwable error) {
		String message = error.getMessage();
		return Outcome.deadLetter(error.getClass().getName(), (message != null) ? message : error.toString());
	}

}
