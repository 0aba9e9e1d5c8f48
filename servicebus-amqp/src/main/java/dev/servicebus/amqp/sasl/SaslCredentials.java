package dev.servicebus.amqp.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * How a connecting side authenticates. Immutable. {@link #toString()} does not show the
 * response, which may hold a password.
 */
public final class SaslCredentials {

	private final String mechanism;

	private final byte[] initialResponse;

	private SaslCredentials(String mechanism, byte[] initialResponse) {
		this.mechanism = mechanism;
		this.initialResponse = initialResponse;
	}

	/**
	 * No authentication at this level: rights follow from tokens that are put on the
	 * connection later.
	 */
	public static SaslCredentials anonymous() {
		return new SaslCredentials(Mechanisms.ANONYMOUS, new byte[0]);
	}

	/**
	 * Like {@link #anonymous()}, but announces that tokens will follow (Service Bus
	 * only).
	 */
	public static SaslCredentials mssbcbs() {
		return new SaslCredentials(Mechanisms.MSSBCBS, new byte[0]);
	}

	/**
	 * The identity comes from the transport, for example a client certificate.
	 */
	public static SaslCredentials external() {
		return new SaslCredentials(Mechanisms.EXTERNAL, new byte[0]);
	}

	/**
	 * A name and a password (RFC 4616).
	 */
	public static SaslCredentials plain(String user, String password) {
		Objects.requireNonNull(user, "user");
		Objects.requireNonNull(password, "password");
		return new SaslCredentials(Mechanisms.PLAIN, ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
	}

	public String mechanism() {
		return this.mechanism;
	}

	public byte[] initialResponse() {
		return this.initialResponse.clone();
	}

	@Override
	public String toString() {
		return "SaslCredentials[" + this.mechanism + "]";
	}

}
