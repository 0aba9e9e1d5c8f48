package dev.servicebus.boot.autoconfigure;

import dev.servicebus.client.auth.InvalidConnectionStringException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names what is wrong with a connection string, and never what stands in it.
 */
final class InvalidConnectionStringFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConnectionStringException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidConnectionStringException cause) {
		return new FailureAnalysis(cause.getMessage(), """
				Copy the connection string from the Azure portal ('Shared access policies' of the namespace) into \
				'servicebus.connection-string'. It looks like this:
				Endpoint=sb://<namespace>.servicebus.windows.net;SharedAccessKeyName=<name>;SharedAccessKey=<key>""",
				cause);
	}

}
