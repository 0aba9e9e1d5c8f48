package dev.servicebus.emulator.amqp;

import java.time.Instant;

import dev.servicebus.emulator.auth.Grant;
import dev.servicebus.emulator.auth.TokenVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Believes what is signed with a known key, and nothing else.
 */
public final class VerifyingAuthority implements Authority {

	private final TokenVerifier verifier;

	public VerifyingAuthority(TokenVerifier verifier) {
		this.verifier = verifier;
	}

	@Override
	public @Nullable Grant onConnect() {
		return null;
	}

	@Override
	public Grant byToken(String token, String audience, Instant now) {
		return this.verifier.verify(token, audience, now);
	}

	@Override
	public Grant byKey(String ruleName, String key) {
		return this.verifier.grantFor(ruleName, key);
	}

}
