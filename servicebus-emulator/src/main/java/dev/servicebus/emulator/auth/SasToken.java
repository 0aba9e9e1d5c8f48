package dev.servicebus.emulator.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.servicebus.emulator.auth.TokenRefusedException.Reason;

/**
 * A shared access signature token, taken apart but not yet believed. Immutable.
 * {@link #toString()} does not show the signature.
 *
 * @param signedText the resource and the expiry exactly as the token writes them, which
 * is what is signed: clients encode the resource in different ways
 * @param signature the signature in base64
 * @param path the path of the resource
 * @param expiresAt the end of the token's life
 * @param ruleName the rule whose key made the signature
 */
record SasToken(String signedText, String signature, String path, Instant expiresAt, String ruleName) {

	private static final String PREFIX = "sharedaccesssignature ";

	private static final int MAX_LENGTH = 8192;

	private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

	/** The end of the year 9999; a later expiry means the same to everybody. */
	private static final long MAX_SECONDS = 253_402_300_799L;

	/**
	 * Whether a text announces itself as a token of this kind.
	 */
	static boolean isAnnounced(String token) {
		return token.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
	}

	/**
	 * Reads a token: fields in any order, unknown ones are passed over.
	 * @throws TokenRefusedException if it is malformed
	 */
	static SasToken parse(String token) {
		if (token.length() > MAX_LENGTH) {
			throw malformed("it is longer than " + MAX_LENGTH + " characters");
		}
		if (!isAnnounced(token)) {
			throw malformed("it does not begin with 'SharedAccessSignature '");
		}
		Map<String, String> fields = fields(token.substring(PREFIX.length()).strip());
		String resource = required(fields, "sr");
		String expiry = required(fields, "se");
		try {
			return new SasToken(resource + "\n" + expiry, ResourcePath.percentDecode(required(fields, "sig")),
					ResourcePath.parse(ResourcePath.percentDecode(resource)), instant(expiry),
					ResourcePath.percentDecode(required(fields, "skn")));
		}
		catch (IllegalArgumentException ex) {
			throw malformed("a field has a malformed percent-encoding");
		}
	}

	/**
	 * Whether the signature was made with {@code key}. Takes the same time wherever the
	 * two differ.
	 */
	boolean isSignedWith(String key) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
			byte[] expected = mac.doFinal(this.signedText.getBytes(StandardCharsets.UTF_8));
			return MessageDigest.isEqual(Base64.getEncoder().encode(expected),
					this.signature.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("HmacSHA256 is part of every Java platform", ex);
		}
	}

	@Override
	public String toString() {
		return "SasToken[path=" + this.path + ", expiresAt=" + this.expiresAt + ", ruleName=" + this.ruleName + "]";
	}

	private static Map<String, String> fields(String text) {
		Map<String, String> fields = new HashMap<>();
		for (String field : text.split("&", -1)) {
			int equals = field.indexOf('=');
			String name = (equals < 0) ? field : field.substring(0, equals);
			if (fields.put(name, (equals < 0) ? "" : field.substring(equals + 1)) != null) {
				throw malformed("a field appears twice");
			}
		}
		return fields;
	}

	private static String required(Map<String, String> fields, String name) {
		String value = fields.get(name);
		if (value == null || value.isEmpty()) {
			throw malformed("the field '" + name + "' is missing");
		}
		return value;
	}

	private static Instant instant(String expiry) {
		if (!SECONDS.matcher(expiry).matches()) {
			throw malformed("the field 'se' is not a number of seconds since 1970");
		}
		return Instant.ofEpochSecond(Math.min(Long.parseLong(expiry), MAX_SECONDS));
	}

	private static TokenRefusedException malformed(String why) {
		return new TokenRefusedException(Reason.MALFORMED_TOKEN, "The token is not a shared access signature: " + why);
	}

}
