package dev.servicebus.emulator.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What a client has proved that it may do, where and until when. Immutable.
 *
 * @param resourcePath the place, in lower case and without slashes around it; empty for
 * the whole namespace. The grant holds there and for everything below
 * @param rights what may be done there
 * @param expiresAt when the grant ends; {@link Instant#MAX} for never
 * @param ruleName the rule whose key was shown
 */
public record Grant(String resourcePath, Set<Right> rights, Instant expiresAt, String ruleName) {

	public Grant {
		rights = Set.copyOf(rights);
	}

	/**
	 * Whether this grant is enough.
	 * @param right what is to be done
	 * @param path the path of an entity, with or without sub-queue or management node, in
	 * any case
	 * @param now the present
	 */
	public boolean allows(Right right, String path, Instant now) {
		return this.rights.contains(right) && !isExpired(now)
				&& ResourcePath.covers(this.resourcePath, ResourcePath.normalize(path));
	}

	/**
	 * Whether the grant has ended. It still holds at the instant itself.
	 */
	public boolean isExpired(Instant now) {
		return now.isAfter(this.expiresAt);
	}

	/**
	 * The same grant on another clock: with as much time left as it has at {@code now}.
	 * @param now the present by which the grant was made
	 * @param otherNow the present of the other clock
	 */
	public Grant translate(Instant now, Instant otherNow) {
		return this.expiresAt.equals(Instant.MAX) ? this : new Grant(this.resourcePath, this.rights,
				otherNow.plus(Duration.between(now, this.expiresAt)), this.ruleName);
	}

}
