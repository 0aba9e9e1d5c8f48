package dev.servicebus.client;

/**
 * Opens what sends to, receives from and listens to the entities of one namespace. All of
 * it shares the client's connections.
 *
 * <p>
 * Thread-safe. No method blocks or connects: links are attached in the background, and
 * what is wrong with an entity or its authorization shows in the first operation on it.
 */
public interface MessagingClient {

	/**
	 * The sender of a queue or topic. Senders are kept for the life of the client, the
	 * same one for the same entity.
	 * @param entityPath the queue or topic
	 */
	ServiceBusSender sender(String entityPath);

	/**
	 * A receiver of its own, which the caller closes.
	 */
	ServiceBusReceiver receiver(ReceiverOptions options);

	/**
	 * Opens a source of its own, which the caller closes. It is paused, so no message
	 * reaches {@code listener} before the first call of
	 * {@link MessageSource#demand(int)}.
	 */
	MessageSource open(ReceiverOptions options, MessageSource.Listener listener);

	/**
	 * The rules of a subscription.
	 */
	RuleManager rules(String topic, String subscription);

}
