package dev.servicebus.emulator.auth;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Turns what clients show into what they may do.
 */
public interface Authority {

	/**
	 * What a client may do that has not shown anything, {@code null} for nothing.
	 */
	@Nullable Grant onConnect();

	/**
	 * What a token allows.
	 * @param token the token
	 * @param audience the resource for which the client shows it
	 * @param now the present
	 * @throws TokenRefusedException if the token is not good for that
	 */
	Grant byToken(String token, String audience, Instant now);

	/**
	 * What the name of a rule and its key allow.
	 * @throws TokenRefusedException if they do not belong together
	 */
	Grant byKey(String ruleName, String key);

}
