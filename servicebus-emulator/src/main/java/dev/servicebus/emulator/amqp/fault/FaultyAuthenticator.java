package dev.servicebus.emulator.amqp.fault;

import java.util.List;
import java.util.concurrent.Executor;

import dev.servicebus.amqp.sasl.SaslAuthenticator;
import dev.servicebus.amqp.sasl.SaslIdentity;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FaultPoint;
import org.jspecify.annotations.Nullable;

/**
 * Authentication that may fail though the client is right. Its answer is neither late nor
 * swallowed, which would be the same to a client as a connection that is silent.
 */
final class FaultyAuthenticator implements SaslAuthenticator {

	private final SaslAuthenticator authenticator;

	private final ConnectionFaults faults;

	FaultyAuthenticator(SaslAuthenticator authenticator, ConnectionFaults faults) {
		this.authenticator = authenticator;
		this.faults = faults;
	}

	@Override
	public List<String> mechanisms() {
		return this.authenticator.mechanisms();
	}

	@Override
	public @Nullable SaslIdentity authenticate(String mechanism, byte[] response) {
		Attempt attempt = new Attempt(mechanism, response);
		this.faults.pass(FaultPoint.SASL, "", mechanism, attempt);
		return attempt.identity;
	}

	private final class Attempt implements Passage {

		private final String mechanism;

		private final byte[] response;

		private @Nullable SaslIdentity identity;

		Attempt(String mechanism, byte[] response) {
			this.mechanism = mechanism;
			this.response = response;
		}

		@Override
		public void goOn(Executor answers) {
			this.identity = FaultyAuthenticator.this.authenticator.authenticate(this.mechanism, this.response);
		}

		@Override
		public void refuse(FaultError error) {
		}

		@Override
		public void detach(FaultError error) {
		}

	}

}
