package dev.servicebus.template;

import java.io.Serializable;
import java.util.Objects;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A message that was scheduled: what is needed to take it back or to move it to another
 * time, by whoever keeps this value, also after a restart. Immutable.
 *
 * @param destination the queue or topic
 * @param sequenceNumber the number that the broker has given it
 */
public record ScheduledMessage(String destination, long sequenceNumber) implements Serializable {

	/**
	 * The application property with the key of a message, see
	 * {@link OutgoingMessage#scheduleKey}.
	 */
	public static final String KEY = "servicebus-schedule-key";

	public ScheduledMessage {
		Objects.requireNonNull(destination, "destination");
	}

	/**
	 * One of {@link ServiceBusOperations#peekScheduled}.
	 * @param destination where it was found
	 */
	public static ScheduledMessage of(String destination, ServiceBusReceivedMessage message) {
		return new ScheduledMessage(destination, message.sequenceNumber());
	}

}
