package dev.servicebus.boot.autoconfigure;

import dev.servicebus.listener.ListenerStartupException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says why a listener cannot receive that has to at the start, and what to do about it.
 */
final class ListenerStartupFailureAnalyzer extends AbstractFailureAnalyzer<ListenerStartupException> {

	private static final String WITHOUT_ADVICE = "Make it possible to receive, or let the application start without it:"
			+ " set the startup policy of the listener to 'retry' or 'lazy'.";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ListenerStartupException cause) {
		@Nullable String advice = cause.advice();
		return new FailureAnalysis(String.valueOf(cause.getMessage()), (advice != null) ? advice : WITHOUT_ADVICE,
				cause);
	}

}
