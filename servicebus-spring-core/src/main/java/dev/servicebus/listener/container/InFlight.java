package dev.servicebus.listener.container;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * The messages that a container has in hand: from their arrival until the broker has
 * confirmed what became of them, or their lock is lost. Thread-safe.
 */
final class InFlight {

	private final Map<ServiceBusReceivedMessage, Delivery> deliveries = new ConcurrentHashMap<>();

	private final CompletableFuture<Void> empty = new CompletableFuture<>();

	private volatile boolean closed;

	void add(Delivery delivery) {
		this.deliveries.put(delivery.message(), delivery);
	}

	@Nullable Delivery find(ServiceBusReceivedMessage message) {
		return this.deliveries.get(message);
	}

	void remove(Delivery delivery) {
		this.deliveries.remove(delivery.message());
		delivery.lane().forget(delivery);
		checkEmpty();
	}

	/**
	 * The messages in hand; a live view.
	 */
	Collection<Delivery> all() {
		return this.deliveries.values();
	}

	/**
	 * Completes when no message is left. To be called when no more come.
	 */
	CompletableFuture<Void> whenEmpty() {
		this.closed = true;
		checkEmpty();
		return this.empty;
	}

	private void checkEmpty() {
		if (this.closed && this.deliveries.isEmpty()) {
			this.empty.complete(null);
		}
	}

}
