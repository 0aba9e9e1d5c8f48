package dev.servicebus.client;

import java.time.Duration;
import java.util.Objects;

import dev.servicebus.client.retry.RetryOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver or message source reads, and how. Immutable.
 *
 * @param entity the queue or topic
 * @param subscription the subscription of the topic, {@code null} for a queue
 * @param subQueue the part of the entity that is read
 * @param receiveMode what becomes of a message when it is handed out
 * @param prefetch how many messages may wait here beside those that are asked for, 0 to
 * {@value #MAX_PREFETCH}
 * @param maxLockRenewal how long the lock of a message is renewed on its own while it is
 * not settled, or the lock of a session while it is used; {@link Duration#ZERO} for not
 * at all
 * @param maxWait how long a request for messages waits that names no time itself
 * @param retryOptions how failed operations are tried again and how long they may take,
 * {@code null} for as the client says
 */
public record ReceiverOptions(String entity, @Nullable String subscription, SubQueue subQueue, ReceiveMode receiveMode,
		int prefetch, Duration maxLockRenewal, Duration maxWait, @Nullable RetryOptions retryOptions) {

	/** How long a request for messages waits unless another time is set. */
	public static final Duration DEFAULT_MAX_WAIT = Duration.ofSeconds(60);

	/** No messages are fetched ahead. */
	public static final int DEFAULT_PREFETCH = 0;

	/** The most messages a receiver may fetch ahead. */
	public static final int MAX_PREFETCH = 5000;

	public ReceiverOptions {
		Objects.requireNonNull(entity, "entity");
		Objects.requireNonNull(subQueue, "subQueue");
		Objects.requireNonNull(receiveMode, "receiveMode");
		Objects.requireNonNull(maxLockRenewal, "maxLockRenewal");
		if (entity.isBlank()) {
			throw new IllegalArgumentException("entity must not be blank");
		}
		if (prefetch < 0 || prefetch > MAX_PREFETCH) {
			throw new IllegalArgumentException(
					"prefetch must be between 0 and " + MAX_PREFETCH + " but is " + prefetch);
		}
		Objects.requireNonNull(maxWait, "maxWait");
		if (maxWait.isNegative()) {
			throw new IllegalArgumentException("maxWait must not be negative but is " + maxWait);
		}
		if (maxLockRenewal.isNegative()) {
			throw new IllegalArgumentException("maxLockRenewal must not be negative but is " + maxLockRenewal);
		}
	}

	/**
	 * Reads a queue in {@link ReceiveMode#PEEK_LOCK}, without prefetch and automatic
	 * renewal.
	 */
	public static ReceiverOptions queue(String queue) {
		return new ReceiverOptions(queue, null, SubQueue.NONE, ReceiveMode.PEEK_LOCK, DEFAULT_PREFETCH, Duration.ZERO,
				DEFAULT_MAX_WAIT, null);
	}

	/**
	 * Reads a subscription in {@link ReceiveMode#PEEK_LOCK}, without prefetch and
	 * automatic renewal.
	 */
	public static ReceiverOptions subscription(String topic, String subscription) {
		return new ReceiverOptions(topic, subscription, SubQueue.NONE, ReceiveMode.PEEK_LOCK, DEFAULT_PREFETCH,
				Duration.ZERO, DEFAULT_MAX_WAIT, null);
	}

	public ReceiverOptions withSubQueue(SubQueue newSubQueue) {
		return new ReceiverOptions(this.entity, this.subscription, newSubQueue, this.receiveMode, this.prefetch,
				this.maxLockRenewal, this.maxWait, this.retryOptions);
	}

	public ReceiverOptions withReceiveMode(ReceiveMode newReceiveMode) {
		return new ReceiverOptions(this.entity, this.subscription, this.subQueue, newReceiveMode, this.prefetch,
				this.maxLockRenewal, this.maxWait, this.retryOptions);
	}

	public ReceiverOptions withPrefetch(int newPrefetch) {
		return new ReceiverOptions(this.entity, this.subscription, this.subQueue, this.receiveMode, newPrefetch,
				this.maxLockRenewal, this.maxWait, this.retryOptions);
	}

	public ReceiverOptions withMaxLockRenewal(Duration newMaxLockRenewal) {
		return new ReceiverOptions(this.entity, this.subscription, this.subQueue, this.receiveMode, this.prefetch,
				newMaxLockRenewal, this.maxWait, this.retryOptions);
	}

	public ReceiverOptions withMaxWait(Duration newMaxWait) {
		return new ReceiverOptions(this.entity, this.subscription, this.subQueue, this.receiveMode, this.prefetch,
				this.maxLockRenewal, newMaxWait, this.retryOptions);
	}

	public ReceiverOptions withRetryOptions(@Nullable RetryOptions newRetryOptions) {
		return new ReceiverOptions(this.entity, this.subscription, this.subQueue, this.receiveMode, this.prefetch,
				this.maxLockRenewal, this.maxWait, newRetryOptions);
	}

	/**
	 * The path of the entity without its sub-queue, for example
	 * {@code orders/Subscriptions/audit}.
	 */
	public String entityPath() {
		return (this.subscription != null) ? this.entity + "/Subscriptions/" + this.subscription : this.entity;
	}

	/**
	 * The path that is really read, for example {@code orders/$DeadLetterQueue}.
	 */
	public String path() {
		return entityPath() + this.subQueue.pathSuffix();
	}

}
