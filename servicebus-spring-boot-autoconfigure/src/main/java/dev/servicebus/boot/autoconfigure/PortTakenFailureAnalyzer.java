package dev.servicebus.boot.autoconfigure;

import dev.servicebus.amqp.transport.BindFailedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to do when the emulator cannot have its port.
 */
final class PortTakenFailureAnalyzer extends AbstractFailureAnalyzer<BindFailedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, BindFailedException cause) {
		return new FailureAnalysis("The embedded Service Bus emulator could not start. " + cause.getMessage(),
				"Stop what listens on that port, or set 'servicebus.emulator.port' to another one, or to 0 for a free"
						+ " one.",
				cause);
	}

}
