package dev.servicebus.template;

import java.io.Serializable;
import java.util.Objects;

/**
 * A message that was scheduled: what is needed to take it back or to move it to another
 * time, by whoever keeps this value, also after a restart. Immutable.
 *
 * @param destination the queue or topic
 * @param sequenceNumber the number that the broker has given it
 */
public record ScheduledMessage(String destination, long sequenceNumber) implements Serializable {

	public ScheduledMessage {
		Objects.requireNonNull(destination, "destination");
	}

}
