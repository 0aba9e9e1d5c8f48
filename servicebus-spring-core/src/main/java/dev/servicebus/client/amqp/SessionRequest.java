package dev.servicebus.client.amqp;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Which session is asked for, and how long. Immutable.
 *
 * @param kind what ends the asking
 * @param sessionId the session, {@code null} for whatever session is free
 * @param maxWait for how long to ask; of {@link Kind#ENDLESS}, for how long at a time
 */
record SessionRequest(Kind kind, @Nullable String sessionId, Duration maxWait) {

	/** A broker that was asked to wait needs a little longer until its answer is here. */
	private static final Duration GRACE = Duration.ofSeconds(1);

	static SessionRequest named(String sessionId, Duration timeout) {
		return new SessionRequest(Kind.NAMED, sessionId, timeout);
	}

	static SessionRequest next(Duration maxWait) {
		return new SessionRequest(Kind.NEXT, null, maxWait);
	}

	static SessionRequest endless(Duration waitAtATime) {
		return new SessionRequest(Kind.ENDLESS, null, waitAtATime);
	}

	/**
	 * Asks for one session until it is clear who has it.
	 */
	static SessionRequest pinned(String sessionId, Duration timeout) {
		return new SessionRequest(Kind.PINNED, sessionId, timeout);
	}

	/**
	 * When to stop waiting for an answer.
	 */
	Duration limit() {
		return (this.sessionId != null) ? this.maxWait : this.maxWait.plus(GRACE);
	}

	/**
	 * What ends the asking.
	 */
	enum Kind {

		/** An answer about the one session, or the end of the wait. */
		NAMED,

		/** A session, a failure that does not pass, or the end of the wait. */
		NEXT,

		/**
		 * The one session, or that somebody else has it; everything else is waited out.
		 */
		PINNED,

		/** A session; everything else is waited out. */
		ENDLESS

	}

}
