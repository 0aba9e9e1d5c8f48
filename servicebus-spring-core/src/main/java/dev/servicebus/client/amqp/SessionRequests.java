package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/**
 * What a source of sessions asks for, one request a slot. Confined to the loop.
 */
interface SessionRequests {

	/**
	 * The next request, {@code null} if there is nothing else to ask for.
	 */
	@Nullable SessionRequest next();

	/**
	 * A slot that has made this request has ended.
	 */
	void ended(SessionRequest request);

	/**
	 * Whatever session is free.
	 * @param waitAtATime how long the broker may leave a question open
	 */
	static SessionRequests any(Duration waitAtATime) {
		SessionRequest request = SessionRequest.endless(waitAtATime);
		return new SessionRequests() {
			@Override
			public SessionRequest next() {
				return request;
			}

			@Override
			public void ended(SessionRequest ended) {
			}
		};
	}

	/**
	 * Certain sessions, each of them in one slot at most, one after another when there
	 * are fewer slots.
	 * @param timeout how long an answer may take
	 */
	static SessionRequests of(Collection<String> sessionIds, Duration timeout) {
		Queue<SessionRequest> free = new ArrayDeque<>();
		sessionIds.forEach((id) -> free.add(SessionRequest.pinned(id, timeout)));
		return new SessionRequests() {
			@Override
			public @Nullable SessionRequest next() {
				return free.poll();
			}

			@Override
			public void ended(SessionRequest ended) {
				free.add(ended);
			}
		};
	}

}
