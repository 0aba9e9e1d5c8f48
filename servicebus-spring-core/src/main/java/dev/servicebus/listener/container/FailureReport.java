package dev.servicebus.listener.container;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.servicebus.listener.FailureProperties;
import dev.servicebus.listener.Outcome;

/**
 * What a dead-lettered message tells about the failure of its listener. All of it
 * together is short beside the 64 KB that the properties of a message may have.
 */
final class FailureReport {

	private static final int MAX_FRAMES = 20;

	private static final int MAX_TEXT_LENGTH = 1024;

	private static final int MAX_TRACE_LENGTH = 4096;

	private final ListenerDefinition definition;

	FailureReport(ListenerDefinition definition) {
		this.definition = definition;
	}

	/**
	 * Dead-letters a message with the class of the exception as reason and its message as
	 * description.
	 */
	Outcome.DeadLetter deadLetter(Delivery delivery, Throwable error) {
		return new Outcome.DeadLetter(error.getClass().getName(), message(error), properties(delivery, error));
	}

	/**
	 * Adds the report to what somebody else has said.
	 */
	Outcome.DeadLetter deadLetter(Outcome.DeadLetter stated, Delivery delivery, Throwable error) {
		Map<String, Object> properties = properties(delivery, error);
		properties.putAll(stated.propertiesToModify());
		return new Outcome.DeadLetter(stated.reason(), stated.description(), properties);
	}

	private Map<String, Object> properties(Delivery delivery, Throwable error) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put(FailureProperties.FAILURE_ATTEMPTS, delivery.attempt());
		properties.put(FailureProperties.FAILURE_LISTENER, this.definition.id());
		properties.put(FailureProperties.FAILURE_SOURCE, this.definition.target().toString());
		properties.put(FailureProperties.FAILURE_EXCEPTION, error.getClass().getName());
		properties.put(FailureProperties.FAILURE_STACK_TRACE, cut(stackTrace(error), MAX_TRACE_LENGTH));
		List<Throwable> chain = Failures.chain(error);
		if (chain.size() > 1) {
			properties.put(FailureProperties.FAILURE_CAUSE, text(chain.get(chain.size() - 1)));
		}
		if (delivery.history().attempts() > 0) {
			// So that the attempts begin anew if the message is sent once more.
			properties.put(FailureProperties.RETRY_ATTEMPTS, 0);
		}
		return properties;
	}

	/** Exceptions are somebody else's code, which may fail, too. */
	private static String message(Throwable error) {
		try {
			String message = error.getMessage();
			return (message != null) ? message : error.toString();
		}
		catch (RuntimeException ex) {
			return error.getClass().getName();
		}
	}

	/**
	 * An error with its message, cut to a length that does no harm.
	 */
	static String text(Throwable error) {
		try {
			return cut(error.toString(), MAX_TEXT_LENGTH);
		}
		catch (RuntimeException ex) {
			return error.getClass().getName();
		}
	}

	private static String stackTrace(Throwable error) {
		StringBuilder text = new StringBuilder(text(error));
		StackTraceElement[] frames = error.getStackTrace();
		for (int index = 0; index < Math.min(frames.length, MAX_FRAMES); index++) {
			text.append("\n\tat ").append(frames[index]);
		}
		return text.toString();
	}

	private static String cut(String text, int length) {
		if (text.length() <= length) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
		return text.substring(0, end);
	}

}
