package dev.servicebus.listener.invoke;

import java.util.concurrent.CompletableFuture;

import dev.servicebus.message.ServiceBusMessage;

/**
 * Sends the replies of listeners. Thread-safe; it does not block.
 */
@FunctionalInterface
public interface ReplySender {

	/**
	 * Sends a reply.
	 * @param destination the queue or topic
	 * @return completes when the broker has it
	 */
	CompletableFuture<Void> send(String destination, ServiceBusMessage reply);

}
