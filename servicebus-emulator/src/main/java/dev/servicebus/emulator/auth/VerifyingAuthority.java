package dev.servicebus.emulator.auth;

import java.time.Instant;

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
