package dev.servicebus.emulator.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.LinkedHashSet;
import java.util.Set;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whose JSON Web Tokens are believed: those that were signed with one key for one of some
 * audiences. Immutable. {@link #toString()} does not show the key.
 */
public final class JwtTrust {

	/** The audience of tokens that clients of Service Bus ask for. */
	public static final String DEFAULT_AUDIENCE = "https://servicebus.azure.net";

	/** What RFC 7518 asks of a key for HS256. */
	private static final int MIN_SECRET_BYTES = 32;

	private final String algorithm;

	private final Check check;

	private final Set<String> audiences;

	private JwtTrust(String algorithm, Check check, Set<String> audiences) {
		this.algorithm = algorithm;
		this.check = check;
		this.audiences = audiences;
	}

	/**
	 * Believes tokens that were signed with HMAC-SHA256 ({@code HS256}).
	 * @param secret the key that both sides know, 32 bytes or more
	 */
	public static JwtTrust hmac(byte[] secret) {
		if (secret.length < MIN_SECRET_BYTES) {
			throw new IllegalArgumentException(
					"The secret must have at least " + MIN_SECRET_BYTES + " bytes but has " + secret.length);
		}
		SecretKeySpec key = new SecretKeySpec(secret, "HmacSHA256");
		return new JwtTrust("HS256", (signed, signature) -> {
			Mac mac = Mac.getInstance(key.getAlgorithm());
			mac.init(key);
			return MessageDigest.isEqual(mac.doFinal(signed), signature);
		}, Set.of(DEFAULT_AUDIENCE));
	}

	/**
	 * Believes tokens that were signed with RSA and SHA-256 ({@code RS256}).
	 * @param key the public half of the key that signs
	 */
	public static JwtTrust rsa(RSAPublicKey key) {
		return new JwtTrust("RS256", (signed, signature) -> {
			Signature verifier = Signature.getInstance("SHA256withRSA");
			verifier.initVerify(key);
			verifier.update(signed);
			return verifier.verify(signature);
		}, Set.of(DEFAULT_AUDIENCE));
	}

	/**
	 * Takes tokens for one more audience beside {@value #DEFAULT_AUDIENCE}.
	 */
	public JwtTrust withAudience(String audience) {
		Set<String> more = new LinkedHashSet<>(this.audiences);
		more.add(withoutSlash(audience));
		return new JwtTrust(this.algorithm, this.check, Set.copyOf(more));
	}

	String algorithm() {
		return this.algorithm;
	}

	/**
	 * Whether a token for that audience is meant for this service. A slash at the end
	 * does not count.
	 */
	boolean isAudience(String audience) {
		return this.audiences.contains(withoutSlash(audience));
	}

	/**
	 * Whether the key has signed the text.
	 */
	boolean hasSigned(String text, byte[] signature) {
		try {
			return this.check.matches(text.getBytes(StandardCharsets.US_ASCII), signature);
		}
		catch (GeneralSecurityException ex) {
			// RSA says so of a signature that has not even the right length.
			return false;
		}
	}

	@Override
	public String toString() {
		return "JwtTrust[" + this.algorithm + " for " + this.audiences + "]";
	}

	private static String withoutSlash(String audience) {
		return audience.endsWith("/") ? audience.substring(0, audience.length() - 1) : audience;
	}

	@FunctionalInterface
	private interface Check {

		boolean matches(byte[] signed, byte[] signature) throws GeneralSecurityException;

	}

}
