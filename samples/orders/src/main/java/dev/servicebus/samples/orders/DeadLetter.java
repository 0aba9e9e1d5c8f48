package dev.servicebus.samples.orders;

import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be handled.
 *
 * @param id the id of the message
 * @param body what is in it
 * @param reason why it is here, in few words
 * @param description more about it
 */
record DeadLetter(@Nullable String id, String body, @Nullable String reason, @Nullable String description) {

	static DeadLetter of(ServiceBusReceivedMessage message) {
		return new DeadLetter(message.messageId(), message.bodyAsString(), message.deadLetterReason(),
				message.deadLetterErrorDescription());
	}

}
