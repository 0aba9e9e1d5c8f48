package dev.servicebus.listener;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.SubQueue;

/**
 * What a listener listens to. Immutable.
 *
 * @param entity the queue or topic
 * @param subscription the subscription of the topic, {@code null} for a queue
 * @param subQueue the part of the entity
 */
public record ListenerTarget(String entity, @Nullable String subscription, SubQueue subQueue) {

	public ListenerTarget {
		Objects.requireNonNull(entity, "entity");
		Objects.requireNonNull(subQueue, "subQueue");
		if (entity.isBlank()) {
			throw new IllegalArgumentException("the name of the queue or topic must not be blank");
		}
		if (subscription != null && subscription.isBlank()) {
			throw new IllegalArgumentException("the name of the subscription must not be blank");
		}
	}

	public static ListenerTarget queue(String queue) {
		return new ListenerTarget(queue, null, SubQueue.NONE);
	}

	public static ListenerTarget subscription(String topic, String subscription) {
		return new ListenerTarget(topic, Objects.requireNonNull(subscription, "subscription"), SubQueue.NONE);
	}

	public ListenerTarget withSubQueue(SubQueue newSubQueue) {
		return new ListenerTarget(this.entity, this.subscription, newSubQueue);
	}

	/**
	 * How a client reads this, as far as the target decides it.
	 */
	public ReceiverOptions toReceiverOptions() {
		ReceiverOptions options = (this.subscription != null)
				? ReceiverOptions.subscription(this.entity, this.subscription) : ReceiverOptions.queue(this.entity);
		return options.withSubQueue(this.subQueue);
	}

	/**
	 * The path that is read, for example {@code orders/$DeadLetterQueue}.
	 */
	@Override
	public String toString() {
		return toReceiverOptions().path();
	}

}
