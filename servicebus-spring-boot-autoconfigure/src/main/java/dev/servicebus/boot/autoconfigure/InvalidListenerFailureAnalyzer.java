package dev.servicebus.boot.autoconfigure;

import dev.servicebus.annotation.InvalidListenerException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the listener whose declaration cannot work.
 */
final class InvalidListenerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidListenerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidListenerException cause) {
		@Nullable String message = cause.getMessage();
		return new FailureAnalysis((message != null) ? message : "A @ServiceBusListener cannot work as it is declared.",
				"Change the attribute of the annotation, the method, or the property that it refers to.", cause);
	}

}
