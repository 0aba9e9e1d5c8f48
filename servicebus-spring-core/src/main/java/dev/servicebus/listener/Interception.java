package dev.servicebus.listener;

import java.util.Objects;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * What a {@link ListenerInterceptor} makes of a message. Immutable.
 */
public sealed interface Interception {

	/**
	 * Goes on with a message, the same or another in its place; what becomes of that in
	 * the listener becomes of the one that was received.
	 */
	static Interception proceed(ServiceBusReceivedMessage message) {
		return new Proceed(message);
	}

	/**
	 * Does not call the listener.
	 * @param outcome what becomes of the message, whoever settles the others
	 */
	static Interception skip(Outcome outcome) {
		return new Skip(outcome);
	}

	/**
	 * See {@link Interception#proceed}.
	 *
	 * @param message the message to go on with
	 */
	record Proceed(ServiceBusReceivedMessage message) implements Interception {

		public Proceed {
			Objects.requireNonNull(message, "message");
		}

	}

	/**
	 * See {@link Interception#skip}.
	 *
	 * @param outcome what becomes of the message
	 */
	record Skip(Outcome outcome) implements Interception {

		public Skip {
			Objects.requireNonNull(outcome, "outcome");
		}

	}

}
