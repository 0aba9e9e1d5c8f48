package dev.servicebus.observation;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The entity on which an observed operation works. Immutable.
 *
 * @param name the queue or topic
 * @param subscription the subscription of the topic, {@code null} for none
 * @param serverAddress the host of the namespace, {@code null} if it is not known
 */
public record ObservedEntity(String name, @Nullable String subscription, @Nullable String serverAddress) {

	public ObservedEntity {
		Objects.requireNonNull(name, "name");
	}

}
