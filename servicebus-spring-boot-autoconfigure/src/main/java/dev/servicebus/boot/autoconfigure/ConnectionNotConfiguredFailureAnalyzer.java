package dev.servicebus.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says how to configure a connection.
 */
final class ConnectionNotConfiguredFailureAnalyzer extends AbstractFailureAnalyzer<ConnectionNotConfiguredException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConnectionNotConfiguredException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
