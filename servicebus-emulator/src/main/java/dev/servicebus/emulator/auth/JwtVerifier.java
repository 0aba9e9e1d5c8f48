package dev.servicebus.emulator.auth;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.servicebus.emulator.auth.TokenRefusedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON Web Tokens into what their holders may do. Thread-safe.
 *
 * <p>
 * The service looks a token's identity up in its role assignments, which an emulator does
 * not have: a token gives the rights of the service's built-in roles that stand in its
 * claim {@code roles}, and all rights if it has no such claim.
 */
final class JwtVerifier {

	private static final String OWNER = "Azure Service Bus Data Owner";

	private static final String SENDER = "Azure Service Bus Data Sender";

	private static final String RECEIVER = "Azure Service Bus Data Receiver";

	private final JwtTrust trust;

	JwtVerifier(JwtTrust trust) {
		this.trust = trust;
	}

	/**
	 * Verifies a token.
	 * @param token the token
	 * @param path the path for which it is shown
	 * @param now the present
	 * @throws TokenRefusedException if the token gives no right
	 */
	Grant verify(String token, String path, Instant now) {
		JsonWebToken jwt = JsonWebToken.parse(token);
		if (!jwt.algorithm().equals(this.trust.algorithm())) {
			throw new TokenRefusedException(Reason.WRONG_KEY,
					"InvalidSignature: The token must be signed with " + this.trust.algorithm() + ".");
		}
		if (!this.trust.hasSigned(jwt.signedText(), jwt.signature())) {
			throw new TokenRefusedException(Reason.WRONG_KEY,
					"InvalidSignature: The token is not signed with the key that is trusted.");
		}
		if (now.isAfter(jwt.expiresAt())) {
			throw new TokenRefusedException(Reason.EXPIRED, "ExpiredToken: The token is expired. Expiration time: "
					+ jwt.expiresAt() + ", it is " + now + " now.");
		}
		if (jwt.notBefore() != null && now.isBefore(jwt.notBefore())) {
			throw new TokenRefusedException(Reason.NOT_YET_VALID,
					"The token is not valid before " + jwt.notBefore() + ", it is " + now + " now.");
		}
		if (jwt.audiences().stream().noneMatch(this.trust::isAudience)) {
			throw new TokenRefusedException(Reason.AUDIENCE_NOT_COVERED,
					"InvalidAudience: The token is not for this service.");
		}
		return new Grant(path, rights(jwt.roles()), jwt.expiresAt(), "jwt");
	}

	private static Set<Right> rights(@Nullable List<String> roles) {
		if (roles == null || roles.contains(OWNER)) {
			return EnumSet.allOf(Right.class);
		}
		Set<Right> rights = EnumSet.noneOf(Right.class);
		if (roles.contains(SENDER)) {
			rights.add(Right.SEND);
		}
		if (roles.contains(RECEIVER)) {
			rights.add(Right.LISTEN);
		}
		if (rights.isEmpty()) {
			throw new TokenRefusedException(Reason.NO_ROLE,
					"The token has none of the roles '" + OWNER + "', '" + SENDER + "' and '" + RECEIVER + "'.");
		}
		return rights;
	}

}
