package dev.servicebus.listener.container;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.listener.DeadLetterRecoverer;
import dev.servicebus.listener.FailureProperties;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.Outcome;

/**
 * Asks a listener about messages that are about to be dead-lettered.
 */
final class DeadLetterStage {

	private static final Logger logger = LoggerFactory.getLogger(ServiceBusListenerContainer.class);

	private final @Nullable DeadLetterRecoverer recoverer;

	DeadLetterStage(MessageListener listener) {
		this.recoverer = (listener instanceof DeadLetterRecoverer found) ? found : null;
	}

	/**
	 * What becomes of a message after all.
	 */
	Outcome decide(Delivery delivery, ListenerFailure failure, Outcome outcome) {
		if (this.recoverer == null || !(outcome instanceof Outcome.DeadLetter deadLetter)) {
			return outcome;
		}
		try {
			Outcome decided = this.recoverer.recover(failure, deadLetter, delivery);
			return Objects.requireNonNull(decided, "the recoverer returned null");
		}
		catch (Throwable ex) {
			logger.error("The dead-letter handler of listener '{}' failed with the message of sequence number {}",
					failure.listenerId(), delivery.message().sequenceNumber(), ex);
			return withFailure(deadLetter, ex);
		}
		finally {
			// An interrupt is meant for this message, not for the next one.
			Thread.interrupted();
		}
	}

	private static Outcome withFailure(Outcome.DeadLetter deadLetter, Throwable error) {
		Map<String, Object> properties = new LinkedHashMap<>(deadLetter.propertiesToModify());
		properties.put(FailureProperties.FAILURE_HANDLER, FailureReport.text(error));
		return new Outcome.DeadLetter(deadLetter.reason(), deadLetter.description(), properties);
	}

}
