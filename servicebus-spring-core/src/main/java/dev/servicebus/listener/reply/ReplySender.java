package dev.servicebus.listener.reply;

import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.transaction.CurrentTransaction;

/**
 * Sends the replies of listeners. Thread-safe.
 */
@FunctionalInterface
public interface ReplySender {

	/**
	 * Sends through a client, without blocking, or, in the transaction of the calling
	 * thread, with waiting for the broker.
	 */
	static ReplySender of(MessagingClient client) {
		return (destination, reply) -> {
			ServiceBusSender sender = client.sender(destination);
			ServiceBusTransaction transaction = CurrentTransaction.of(client);
			if (transaction == null) {
				return sender.sendAsync(reply);
			}
			sender.inTransaction(transaction).send(reply);
			return CompletableFuture.completedFuture(null);
		};
	}

	/**
	 * Sends a reply.
	 * @param destination the queue or topic
	 * @return completes when the broker has it
	 */
	CompletableFuture<Void> send(String destination, ServiceBusMessage reply);

}
