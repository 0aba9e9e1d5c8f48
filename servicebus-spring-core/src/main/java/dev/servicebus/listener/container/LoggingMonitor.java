package dev.servicebus.listener.container;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.ListenerMonitor;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Writes to the log what happens to listeners. Messages are named by their sequence
 * number, since their ids are text of somebody else.
 */
final class LoggingMonitor implements ListenerMonitor {

	private static final Logger logger = LoggerFactory.getLogger(ServiceBusListenerContainer.class);

	@Override
	public void receiving(String listenerId) {
		logger.debug("Listener '{}' receives", listenerId);
	}

	@Override
	public void sessionClosed(String listenerId, String sessionId, SessionEnd reason) {
		if (reason == SessionEnd.LOST) {
			logger.warn("Listener '{}' has lost the lock of a session; its unsettled messages will be delivered again",
					listenerId);
		}
	}

	@Override
	public void waiting(String listenerId, ServiceBusException failure) {
		logger.info("Listener '{}' waits until it can receive: {}: {}", listenerId, failure.getClass().getSimpleName(),
				failure.getMessage());
	}

	@Override
	public void receiveFailed(String listenerId, ServiceBusException failure) {
		String advice = ReceiveAdvice.of(failure);
		logger.warn("Listener '{}' cannot receive{}: {}: {}{}", listenerId,
				failure.isTransient() ? " at present and keeps trying" : ", and will not until something is changed",
				failure.getClass().getSimpleName(), failure.getMessage(), (advice != null) ? " " + advice : "");
	}

	@Override
	public void skipped(String listenerId, ServiceBusReceivedMessage message, Outcome outcome) {
		logger.debug("Listener '{}' was not asked about message {}, which {}", listenerId, message.sequenceNumber(),
				describe(outcome));
	}

	@Override
	public void handlingFailed(ListenerFailure failure, Outcome outcome) {
		String id = failure.listenerId();
		long number = failure.message().sequenceNumber();
		if (outcome instanceof Outcome.RetryAfter retry) {
			logger.info(
					"Listener '{}' failed with the message of sequence number {} (attempt {}), which it gets again in"
							+ " {} ms: {}",
					id, number, failure.attempt(), retry.delay().toMillis(), failure.error().toString());
		}
		else {
			logger.error("Listener '{}' failed with the message of sequence number {} (attempt {}), which {}", id,
					number, failure.attempt(), describe(outcome), failure.error());
		}
	}

	private static String describe(Outcome outcome) {
		if (outcome instanceof Outcome.DeadLetter deadLetter) {
			return "goes to the dead-letter queue: " + deadLetter.reason();
		}
		if (outcome instanceof Outcome.Complete) {
			return "counts as handled";
		}
		if (outcome instanceof Outcome.Reply) {
			return "is answered and completed then";
		}
		if (outcome instanceof Outcome.Defer) {
			return "is set aside";
		}
		if (outcome instanceof Outcome.ParkSession) {
			return "is given back with its session";
		}
		return (outcome instanceof Outcome.StopContainer) ? "is given back; the container stops" : "is given back";
	}

	@Override
	public void lockExpiring(String listenerId, ServiceBusReceivedMessage message, OffsetDateTime lockedUntil,
			List<StackTraceElement> stack) {
		logger.warn("Listener '{}' loses the lock of message {} at {}, since it is not renewed any more{}", listenerId,
				message.sequenceNumber(), lockedUntil, describe(stack));
	}

	@Override
	public void stuck(String listenerId, ServiceBusReceivedMessage message, List<StackTraceElement> stack) {
		logger.warn("Listener '{}' has had message {} for a long time and may be stuck{}", listenerId,
				message.sequenceNumber(), describe(stack));
	}

	private static String describe(List<StackTraceElement> stack) {
		return stack.isEmpty() ? "; no thread is busy with it"
				: stack.stream()
					.map((element) -> System.lineSeparator() + "\tat " + element)
					.collect(Collectors.joining("", "; its listener is still busy", ""));
	}

	@Override
	public void lockLost(String listenerId, ServiceBusReceivedMessage message, ServiceBusException failure) {
		logger.warn("Listener '{}' has lost the lock of message {}, which will be delivered again: {}", listenerId,
				message.sequenceNumber(), failure.getMessage());
	}

	@Override
	public void resultDiscarded(String listenerId, ServiceBusReceivedMessage message, @Nullable Throwable error) {
		logger.warn("Listener '{}' came to an end with message {} after it was lost or given back", listenerId,
				message.sequenceNumber(), error);
	}

	@Override
	public void settlementFailed(String listenerId, ServiceBusReceivedMessage message, Disposition disposition,
			Throwable failure) {
		logger.warn("Listener '{}' could not settle message {} ({}): {}", listenerId, message.sequenceNumber(),
				disposition.getClass().getSimpleName(), failure.toString());
	}

	@Override
	public void executorRejected(String listenerId, Throwable failure) {
		logger.warn("Listener '{}' got no thread and asks again soon", listenerId, failure);
	}

	@Override
	public void stopped(String listenerId, int unfinished) {
		if (unfinished > 0) {
			logger.warn("Listener '{}' stopped; {} messages were unfinished at the end of the shutdown timeout and are"
					+ " given back", listenerId, unfinished);
		}
		else {
			logger.debug("Listener '{}' stopped", listenerId);
		}
	}

}
