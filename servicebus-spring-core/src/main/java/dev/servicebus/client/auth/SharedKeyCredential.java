package dev.servicebus.client.auth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes shared access signatures from the name and value of a shared access key.
 * Immutable and thread-safe.
 */
public final class SharedKeyCredential implements TokenProvider {

	/** How long a signature is valid. */
	public static final Duration LIFETIME = Duration.ofHours(1);

	private static final String ALGORITHM = "HmacSHA256";

	private final String name;

	private final SecretKeySpec key;

	private final InstantSource clock;

	/**
	 * A credential on the system's clock.
	 * @param name the name of the authorization rule
	 * @param key its primary or secondary key, taken as text
	 */
	public SharedKeyCredential(String name, String key) {
		this(name, key, InstantSource.system());
	}

	/**
	 * A credential on a clock of one's own.
	 * @param name the name of the authorization rule
	 * @param key its primary or secondary key, taken as text
	 * @param clock tells when the signatures expire
	 */
	public SharedKeyCredential(String name, String key, InstantSource clock) {
		if (name.isBlank()) {
			throw new IllegalArgumentException("name of the shared access key must not be blank");
		}
		if (key.isBlank()) {
			throw new IllegalArgumentException("shared access key must not be blank");
		}
		this.name = name;
		this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
		this.clock = Objects.requireNonNull(clock, "clock");
	}

	@Override
	public CompletionStage<AccessToken> token(String audience) {
		Instant expiresAt = Instant.ofEpochSecond(this.clock.instant().plus(LIFETIME).getEpochSecond());
		String resource = encode(audience);
		String signature = sign(resource + '\n' + expiresAt.getEpochSecond());
		String token = "SharedAccessSignature sr=" + resource + "&sig=" + encode(signature) + "&se="
				+ expiresAt.getEpochSecond() + "&skn=" + encode(this.name);
		return CompletableFuture.completedFuture(new AccessToken(token, AccessToken.SAS, expiresAt));
	}

	private String sign(String text) {
		try {
			// A Mac is not thread-safe: sharing one yields wrong signatures now and then.
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has to support " + ALGORITHM, ex);
		}
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * Leaves the key out.
	 */
	@Override
	public String toString() {
		return "SharedKeyCredential[name=" + this.name + "]";
	}

}
