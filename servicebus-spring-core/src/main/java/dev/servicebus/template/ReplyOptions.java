package dev.servicebus.template;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Where replies to requests come, and how long they are waited for. Immutable.
 *
 * @param queue the queue that replies are sent to. It may be shared by many applications,
 * and by many instances of one, if it {@linkplain #sessionId() has sessions}; otherwise
 * it must belong to one template alone.
 * @param sessionId the session of the queue that belongs to this template alone,
 * {@code null} if the queue has no sessions
 * @param timeout how long a reply is waited for unless a request says so itself
 */
public record ReplyOptions(String queue, @Nullable String sessionId, Duration timeout) {

	/** How long a reply is waited for unless another time is set. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

	public ReplyOptions {
		Objects.requireNonNull(queue, "queue");
		Objects.requireNonNull(timeout, "timeout");
		if (queue.isBlank()) {
			throw new IllegalArgumentException("the queue for replies must not be blank");
		}
		if (sessionId != null && sessionId.isBlank()) {
			throw new IllegalArgumentException("the session for replies must not be blank");
		}
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("the timeout of replies must be positive but is " + timeout);
		}
	}

	/**
	 * Replies come to a queue without sessions that nobody else reads.
	 */
	public static ReplyOptions queue(String queue) {
		return new ReplyOptions(queue, null, DEFAULT_TIMEOUT);
	}

	/**
	 * Replies come to one session of a queue that may be shared.
	 */
	public static ReplyOptions session(String queue, String sessionId) {
		return new ReplyOptions(queue, Objects.requireNonNull(sessionId, "sessionId"), DEFAULT_TIMEOUT);
	}

	public ReplyOptions withSessionId(@Nullable String newSessionId) {
		return new ReplyOptions(this.queue, newSessionId, this.timeout);
	}

	public ReplyOptions withTimeout(Duration newTimeout) {
		return new ReplyOptions(this.queue, this.sessionId, newTimeout);
	}

}
