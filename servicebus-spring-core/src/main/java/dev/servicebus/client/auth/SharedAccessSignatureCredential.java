package dev.servicebus.client.auth;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Hands out a shared access signature that somebody else has made. It cannot be renewed:
 * what needs it fails once it has expired. Immutable and thread-safe.
 */
public final class SharedAccessSignatureCredential implements TokenProvider {

	private static final String PREFIX = "SharedAccessSignature ";

	private final AccessToken token;

	/**
	 * A credential with this signature.
	 * @param signature begins with {@code SharedAccessSignature} and holds at least
	 * {@code sr}, {@code sig} and {@code se}
	 * @throws IllegalArgumentException if it does not; the message does not show it
	 */
	public SharedAccessSignatureCredential(String signature) {
		if (!signature.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
			throw new IllegalArgumentException("shared access signature must begin with '" + PREFIX + "'");
		}
		String fields = signature.substring(PREFIX.length());
		require("sr", fields);
		require("sig", fields);
		this.token = new AccessToken(signature, AccessToken.SAS, expiry(require("se", fields)));
	}

	@Override
	public CompletionStage<AccessToken> token(String audience) {
		return CompletableFuture.completedFuture(this.token);
	}

	private static String require(String name, String fields) {
		String value = field(name, fields);
		if (value == null || value.isEmpty()) {
			throw new IllegalArgumentException("shared access signature must have the field '" + name + "'");
		}
		return value;
	}

	private static @Nullable String field(String name, String fields) {
		for (String field : fields.split("&")) {
			if (field.startsWith(name + '=')) {
				return field.substring(name.length() + 1);
			}
		}
		return null;
	}

	private static Instant expiry(String seconds) {
		try {
			return Instant.ofEpochSecond(Long.parseLong(seconds));
		}
		catch (NumberFormatException | DateTimeException ex) {
			throw new IllegalArgumentException(
					"field 'se' of a shared access signature must be its expiry in seconds since 1970");
		}
	}

	/**
	 * Leaves the signature out.
	 */
	@Override
	public String toString() {
		return "SharedAccessSignatureCredential[expiresAt=" + this.token.expiresAt() + "]";
	}

}
