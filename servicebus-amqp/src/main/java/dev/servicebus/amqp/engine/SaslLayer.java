package dev.servicebus.amqp.engine;

import java.util.Arrays;

import dev.servicebus.amqp.sasl.SaslAuthenticator;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.amqp.sasl.SaslIdentity;
import org.apache.qpid.proton.engine.Sasl;
import org.apache.qpid.proton.engine.SaslListener;
import org.apache.qpid.proton.engine.Transport;
import org.jspecify.annotations.Nullable;

/**
 * SASL on the engine: one round, client or server.
 */
abstract class SaslLayer implements SaslListener {

	private @Nullable Listener listener;

	private boolean refused;

	static SaslLayer client(SaslCredentials credentials) {
		return new Client(credentials);
	}

	static SaslLayer server(SaslAuthenticator authenticator) {
		return new Server(authenticator);
	}

	void attach(Transport transport, Listener newListener) {
		this.listener = newListener;
		Sasl sasl = transport.sasl();
		start(sasl);
		sasl.setListener(this);
	}

	abstract void start(Sasl sasl);

	abstract boolean isClient();

	/**
	 * The mechanism that is or was used, for texts.
	 */
	abstract String mechanism();

	/**
	 * The result.
	 * @throws IllegalStateException while there is none
	 */
	abstract SaslIdentity identity();

	boolean isRefused() {
		return this.refused;
	}

	void ended(boolean accepted) {
		this.refused = !accepted;
		if (this.listener != null) {
			this.listener.saslEnded(accepted);
		}
	}

	@Override
	public void onSaslMechanisms(Sasl sasl, Transport transport) {
	}

	@Override
	public void onSaslChallenge(Sasl sasl, Transport transport) {
	}

	@Override
	public void onSaslOutcome(Sasl sasl, Transport transport) {
	}

	@Override
	public void onSaslInit(Sasl sasl, Transport transport) {
	}

	@Override
	public void onSaslResponse(Sasl sasl, Transport transport) {
	}

	static byte[] pendingBytes(Sasl sasl) {
		byte[] bytes = new byte[sasl.pending()];
		int read = sasl.recv(bytes, 0, bytes.length);
		return (read == bytes.length) ? bytes : Arrays.copyOf(bytes, Math.max(0, read));
	}

	/**
	 * Hears the result of SASL.
	 */
	interface Listener {

		void saslEnded(boolean accepted);

	}

	private static final class Client extends SaslLayer {

		private final SaslCredentials credentials;

		Client(SaslCredentials credentials) {
			this.credentials = credentials;
		}

		@Override
		void start(Sasl sasl) {
			sasl.client();
			// Chosen before the offer is known: the service has the mechanism, and a
			// round trip is saved. A peer that has not refuses with its outcome.
			sasl.setMechanisms(this.credentials.mechanism());
			byte[] response = this.credentials.initialResponse();
			if (response.length > 0) {
				sasl.send(response, 0, response.length);
			}
		}

		@Override
		boolean isClient() {
			return true;
		}

		@Override
		String mechanism() {
			return this.credentials.mechanism();
		}

		@Override
		SaslIdentity identity() {
			return new SaslIdentity(mechanism(), null);
		}

		@Override
		public void onSaslOutcome(Sasl sasl, Transport transport) {
			ended(sasl.getOutcome() == Sasl.SaslOutcome.PN_SASL_OK);
		}

	}

	private static final class Server extends SaslLayer {

		private final SaslAuthenticator authenticator;

		private String mechanism = "";

		private @Nullable SaslIdentity identity;

		Server(SaslAuthenticator authenticator) {
			this.authenticator = authenticator;
		}

		@Override
		void start(Sasl sasl) {
			sasl.server();
			sasl.setMechanisms(this.authenticator.mechanisms().toArray(new String[0]));
			sasl.allowSkip(false);
		}

		@Override
		boolean isClient() {
			return false;
		}

		@Override
		String mechanism() {
			return this.mechanism;
		}

		@Override
		SaslIdentity identity() {
			if (this.identity == null) {
				throw new IllegalStateException("The peer is not authenticated");
			}
			return this.identity;
		}

		@Override
		public void onSaslInit(Sasl sasl, Transport transport) {
			this.mechanism = sasl.getRemoteMechanisms()[0];
			this.identity = this.authenticator.authenticate(this.mechanism, pendingBytes(sasl));
			boolean accepted = this.identity != null;
			sasl.done(accepted ? Sasl.SaslOutcome.PN_SASL_OK : Sasl.SaslOutcome.PN_SASL_AUTH);
			ended(accepted);
		}

	}

}
