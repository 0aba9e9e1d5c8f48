package dev.servicebus.emulator.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;

import dev.servicebus.emulator.auth.Authority;
import dev.servicebus.emulator.auth.Grant;
import dev.servicebus.emulator.auth.Right;
import org.jspecify.annotations.Nullable;

/**
 * Lets in requests whose token allows them. The right to manage is needed for everything;
 * who may receive from a subscription may also look at its rules.
 */
final class AccessGate {

	private static final String BEARER = "Bearer ";

	private final Authority authority;

	private final InstantSource clock;

	/**
	 * Creates a gate.
	 * @param authority judges tokens
	 * @param clock the time that clients have, too
	 */
	AccessGate(Authority authority, InstantSource clock) {
		this.authority = authority;
		this.clock = clock;
	}

	/**
	 * Refuses a request without the right.
	 * @throws dev.servicebus.emulator.auth.TokenRefusedException if its token is not good
	 * for the place
	 */
	void check(FeedRequest request) {
		Grant grant = grant(request);
		if (!grant.rights().contains(Right.MANAGE) && !(isLookAtRules(request) && mayListen(grant))) {
			throw new FeedException(401, 40100,
					"Unauthorized access. 'Manage' claim(s) are required to perform this operation. Resource: '"
							+ request.http().path() + "'.");
		}
	}

	private Grant grant(FeedRequest request) {
		String token = request.http().header("Authorization");
		if (token != null && !token.isBlank()) {
			return this.authority.byToken(withoutScheme(token), audience(request), this.clock.instant());
		}
		@Nullable Grant grant = this.authority.onConnect();
		if (grant == null) {
			throw new FeedException(401, 40102, "The request has no token in its header Authorization.");
		}
		return grant;
	}

	private static boolean isLookAtRules(FeedRequest request) {
		FeedPath.Kind kind = request.path().kind();
		return request.http().method().equals("GET") && (kind == FeedPath.Kind.RULE || kind == FeedPath.Kind.RULES);
	}

	private static boolean mayListen(Grant grant) {
		return grant.rights().contains(Right.LISTEN);
	}

	private static String withoutScheme(String token) {
		return token.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? token.substring(BEARER.length()).strip()
				: token.strip();
	}

	/**
	 * The place as a URI. Host and port do not count.
	 */
	private static String audience(FeedRequest request) {
		try {
			return new URI("https", "localhost", request.http().path(), null).toASCIIString();
		}
		catch (URISyntaxException ex) {
			throw FeedException.badRequest("The path of the request is not valid.");
		}
	}

}
