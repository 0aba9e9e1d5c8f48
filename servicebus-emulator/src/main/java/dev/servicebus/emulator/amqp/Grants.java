package dev.servicebus.emulator.amqp;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.auth.Grant;
import dev.servicebus.emulator.auth.Right;

/**
 * What one client may do, from everything it has shown on its connection.
 */
final class Grants {

	/** What the service keeps for one connection. */
	private static final int MAX_GRANTS = 1000;

	private final Map<String, Grant> grants = new LinkedHashMap<>();

	private final InstantSource clock;

	Grants(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Adds a grant; it takes the place of an earlier one that was given for the same.
	 * @param audience what it was given for
	 * @param grant the grant
	 */
	void put(String audience, Grant grant) {
		forgetExpired();
		if (this.grants.size() >= MAX_GRANTS && !this.grants.containsKey(audience)) {
			throw new RefusedException(Failure.RESOURCE_LIMIT_EXCEEDED,
					"No more than " + MAX_GRANTS + " tokens are kept for a connection.");
		}
		this.grants.put(audience, grant);
	}

	/**
	 * The present by which grants end.
	 */
	Instant now() {
		return this.clock.instant();
	}

	/**
	 * When the first of the grants ends, {@link Instant#MAX} if none does.
	 */
	Instant firstExpiry() {
		forgetExpired();
		return this.grants.values().stream().map(Grant::expiresAt).min(Instant::compareTo).orElse(Instant.MAX);
	}

	private void forgetExpired() {
		Instant now = this.clock.instant();
		this.grants.values().removeIf((grant) -> grant.isExpired(now));
	}

	boolean allow(Right right, String path) {
		return this.grants.values().stream().anyMatch((grant) -> grant.allows(right, path, this.clock.instant()));
	}

	/**
	 * Refuses a client without the right.
	 */
	void require(Right right, String path) {
		if (!allow(right, path)) {
			throw new RefusedException(Failure.UNAUTHORIZED, "Unauthorized access. '" + claim(right)
					+ "' claim(s) are required to perform this operation. Resource: '" + path + "'.");
		}
	}

	/**
	 * Refuses a client without any right.
	 */
	void requireAny(String path) {
		if (!allow(Right.LISTEN, path)) {
			require(Right.SEND, path);
		}
	}

	private static String claim(Right right) {
		return switch (right) {
			case LISTEN -> "Listen";
			case SEND -> "Send";
			case MANAGE -> "Manage";
		};
	}

}
