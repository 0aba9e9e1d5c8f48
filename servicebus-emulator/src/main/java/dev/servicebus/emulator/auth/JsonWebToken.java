package dev.servicebus.emulator.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import dev.servicebus.emulator.auth.TokenRefusedException.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON Web Token (RFC 7519), taken apart but not yet believed. Immutable.
 * {@link #toString()} does not show the signature.
 *
 * @param signedText header and payload as the token writes them, which is what is signed
 * @param signature the signature
 * @param algorithm how the token says that it is signed
 * @param audiences for whom it is
 * @param expiresAt the end of its life
 * @param notBefore its beginning, {@code null} if it says none
 * @param roles what its holder may do, {@code null} if it says nothing of that
 */
record JsonWebToken(String signedText, byte[] signature, String algorithm, List<String> audiences, Instant expiresAt,
		@Nullable Instant notBefore, @Nullable List<String> roles) {

	private static final int MAX_LENGTH = 16 * 1024;

	/** The end of the year 9999; a later expiry means the same to everybody. */
	private static final long MAX_SECONDS = 253_402_300_799L;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/**
	 * Reads a token.
	 * @throws TokenRefusedException if it is malformed
	 */
	static JsonWebToken parse(String token) {
		String[] parts = (token.length() <= MAX_LENGTH) ? token.split("\\.", -1) : new String[0];
		if (parts.length != 3) {
			throw malformed("it does not have three parts in at most " + MAX_LENGTH + " characters");
		}
		try {
			JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
			JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
			byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
			Instant expiresAt = instant(claims, "exp");
			if (expiresAt == null) {
				throw malformed("the claim 'exp' is missing");
			}
			return new JsonWebToken(parts[0] + "." + parts[1], signature, header.path("alg").asString(""),
					texts(claims.path("aud")), expiresAt, instant(claims, "nbf"),
					claims.has("roles") ? texts(claims.path("roles")) : null);
		}
		catch (IllegalArgumentException | JacksonException ex) {
			throw malformed("its parts are not JSON in base64url");
		}
	}

	@Override
	public String toString() {
		return "JsonWebToken[algorithm=" + this.algorithm + ", audiences=" + this.audiences + ", expiresAt="
				+ this.expiresAt + ", roles=" + this.roles + "]";
	}

	private static @Nullable Instant instant(JsonNode claims, String name) {
		JsonNode seconds = claims.path(name);
		if (seconds.isMissingNode()) {
			return null;
		}
		if (!seconds.isNumber() || seconds.doubleValue() < 0) {
			throw malformed("the claim '" + name + "' is not a number of seconds since 1970");
		}
		return Instant.ofEpochSecond((long) Math.min(seconds.doubleValue(), MAX_SECONDS));
	}

	private static List<String> texts(JsonNode value) {
		List<String> texts = new ArrayList<>();
		if (value.isArray()) {
			value.forEach((element) -> texts.add(element.asString("")));
		}
		else {
			texts.add(value.asString(""));
		}
		return List.copyOf(texts);
	}

	private static TokenRefusedException malformed(String why) {
		return new TokenRefusedException(Reason.MALFORMED_TOKEN, "The token is not a JSON Web Token: " + why);
	}

}
