package dev.servicebus.emulator.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Predicate;

import dev.servicebus.emulator.auth.TokenRefusedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Turns what clients show into what they may do. Thread-safe.
 *
 * <p>
 * The rules are those of Service Bus: the signature is HMAC-SHA256 over the resource as
 * the token encodes it and the expiry; it may be made with either key of a rule of the
 * namespace or of the addressed entity; the resource of the token must be the addressed
 * one or lie above it, where scheme, host, port and query do not count.
 */
public final class TokenVerifier {

	private static final int MAX_SHOWN = 80;

	private final AccessRules accessRules;

	private final @Nullable JwtVerifier jwtVerifier;

	/**
	 * Creates a verifier for rules that never change.
	 */
	public TokenVerifier(AccessControl accessControl) {
		this(new AccessRules(accessControl));
	}

	/**
	 * Creates a verifier that believes no JSON Web Token.
	 * @param accessRules the rules, of which those count that are in force when a token
	 * is shown
	 */
	public TokenVerifier(AccessRules accessRules) {
		this(accessRules, null);
	}

	/**
	 * Creates a verifier.
	 * @param accessRules the rules, of which those count that are in force when a token
	 * is shown
	 * @param jwtTrust which JSON Web Tokens are believed, too; {@code null} for none
	 */
	public TokenVerifier(AccessRules accessRules, @Nullable JwtTrust jwtTrust) {
		this.accessRules = accessRules;
		this.jwtVerifier = (jwtTrust != null) ? new JwtVerifier(jwtTrust) : null;
	}

	/**
	 * Verifies a token.
	 * @param token the token, {@code SharedAccessSignature sr=…&sig=…&se=…&skn=…} or a
	 * JSON Web Token
	 * @param audience the resource for which it is shown, a URI whose path counts; with
	 * the path {@code /} the whole namespace
	 * @param now the present
	 * @return the rights of the token's rule or roles, on the audience and below
	 * @throws TokenRefusedException if the token does not give any right there
	 */
	public Grant verify(String token, String audience, Instant now) {
		String path = audiencePath(audience);
		if (this.jwtVerifier != null && !SasToken.isAnnounced(token)) {
			return this.jwtVerifier.verify(token, path, now);
		}
		return verify(SasToken.parse(token), path, now);
	}

	private Grant verify(SasToken sasToken, String path, Instant now) {
		AuthorizationRule rule = signer(sasToken, path);
		if (now.isAfter(sasToken.expiresAt())) {
			throw new TokenRefusedException(Reason.EXPIRED, "ExpiredToken: The token is expired. Expiration time: "
					+ sasToken.expiresAt() + ", it is " + now + " now.");
		}
		if (!ResourcePath.covers(sasToken.path(), path)) {
			throw new TokenRefusedException(Reason.AUDIENCE_NOT_COVERED, "InvalidAudience: The token is for "
					+ describe(sasToken.path()) + " and does not cover " + describe(path) + ".");
		}
		return new Grant(path, rule.rights(), sasToken.expiresAt(), rule.name());
	}

	/**
	 * Verifies the name of a rule and one of its keys, as SASL PLAIN has them.
	 * @param ruleName the name of a rule, of the namespace or of an entity
	 * @param key the primary or the secondary key of that rule
	 * @return the rights of the rule where it stands, for ever
	 * @throws TokenRefusedException if there is no such rule or it has another key
	 */
	public Grant grantFor(String ruleName, String key) {
		Map<String, AuthorizationRule> candidates = this.accessRules.current().rulesNamed(ruleName);
		if (candidates.isEmpty()) {
			throw unknownRule(ruleName, "the namespace or any entity");
		}
		byte[] shown = key.getBytes(StandardCharsets.UTF_8);
		Entry<String, AuthorizationRule> match = firstWithKey(candidates,
				(candidate) -> MessageDigest.isEqual(candidate.getBytes(StandardCharsets.UTF_8), shown));
		if (match == null) {
			throw wrongKey(ruleName, "The password is");
		}
		return new Grant(match.getKey(), match.getValue().rights(), Instant.MAX, ruleName);
	}

	private AuthorizationRule signer(SasToken token, String path) {
		Map<String, AuthorizationRule> candidates = this.accessRules.current().rulesFor(path, token.ruleName());
		if (candidates.isEmpty()) {
			throw unknownRule(token.ruleName(), describe(path));
		}
		Entry<String, AuthorizationRule> match = firstWithKey(candidates, token::isSignedWith);
		if (match == null) {
			throw wrongKey(token.ruleName(), "The token is signed with");
		}
		return match.getValue();
	}

	private static @Nullable Entry<String, AuthorizationRule> firstWithKey(Map<String, AuthorizationRule> candidates,
			Predicate<String> test) {
		for (Entry<String, AuthorizationRule> candidate : candidates.entrySet()) {
			if (hasKey(candidate.getValue(), test)) {
				return candidate;
			}
		}
		return null;
	}

	private static boolean hasKey(AuthorizationRule rule, Predicate<String> test) {
		String secondary = rule.secondaryKey();
		return test.test(rule.primaryKey()) || (secondary != null && test.test(secondary));
	}

	private static String audiencePath(String audience) {
		try {
			if (!audience.isBlank()) {
				return ResourcePath.parse(audience);
			}
		}
		catch (IllegalArgumentException ex) {
			// answered below: the text of this one quotes what the client sent
		}
		throw new TokenRefusedException(Reason.MALFORMED_AUDIENCE,
				"InvalidAudience: " + quote(audience) + " is not the name of a resource.");
	}

	private static TokenRefusedException unknownRule(String ruleName, String where) {
		return new TokenRefusedException(Reason.UNKNOWN_RULE,
				"InvalidSignature: There is no authorization rule " + quote(ruleName) + " for " + where + ".");
	}

	private static TokenRefusedException wrongKey(String ruleName, String what) {
		return new TokenRefusedException(Reason.WRONG_KEY,
				"InvalidSignature: " + what + " no key of authorization rule " + quote(ruleName) + ".");
	}

	private static String describe(String path) {
		return path.isEmpty() ? "the whole namespace" : quote(path);
	}

	private static String quote(String text) {
		String shown = (text.length() <= MAX_SHOWN) ? text : text.substring(0, MAX_SHOWN) + "…";
		return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
	}

}
