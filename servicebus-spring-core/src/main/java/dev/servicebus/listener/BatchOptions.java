package dev.servicebus.listener;

import java.time.Duration;
import java.util.Objects;

import dev.servicebus.client.ReceiverOptions;

/**
 * Which messages make a batch: those that arrive within some time of its first one, up to
 * some number. Of use to listeners that take batches. Immutable.
 *
 * @param size how many messages at most, 1 to 5000
 * @param maxWait how long the first message of a batch waits for others, not negative
 */
public record BatchOptions(int size, Duration maxWait) {

	/** Enough to make work on a batch worth its while. */
	public static final int DEFAULT_SIZE = 100;

	/** Short enough for somebody who waits for the result. */
	public static final Duration DEFAULT_MAX_WAIT = Duration.ofSeconds(1);

	/** Up to 100 messages within a second. */
	public static final BatchOptions DEFAULT = new BatchOptions(DEFAULT_SIZE, DEFAULT_MAX_WAIT);

	/** As many as may wait in a container. */
	public static final int MAX_SIZE = ReceiverOptions.MAX_PREFETCH;

	public BatchOptions {
		Objects.requireNonNull(maxWait, "maxWait");
		if (size < 1 || size > MAX_SIZE) {
			throw new IllegalArgumentException("the size of a batch must be 1 to " + MAX_SIZE + " but is " + size);
		}
		if (maxWait.isNegative()) {
			throw new IllegalArgumentException("maxWait of a batch must not be negative but is " + maxWait);
		}
	}

	public BatchOptions withSize(int newSize) {
		return new BatchOptions(newSize, this.maxWait);
	}

	public BatchOptions withMaxWait(Duration newMaxWait) {
		return new BatchOptions(this.size, newMaxWait);
	}

}
