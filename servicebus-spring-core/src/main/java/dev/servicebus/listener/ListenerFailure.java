package dev.servicebus.listener;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A listener has failed to handle a message. Immutable.
 *
 * @param listenerId the id of the listener
 * @param message the message
 * @param error what the listener has thrown, or its future failed with
 * @param attempt how often the message was handed to a listener, see
 * {@link ListenerContext#attempt()}
 * @param proposal what the container does by itself: with settlement
 * {@link SettlementMode#ALWAYS} complete it; otherwise dead-letter what no repetition can
 * cure, try the rest again with growing delay, and dead-letter it when the attempts are
 * used up
 */
public record ListenerFailure(String listenerId, ServiceBusReceivedMessage message, Throwable error, int attempt,
		Outcome proposal) {

}
