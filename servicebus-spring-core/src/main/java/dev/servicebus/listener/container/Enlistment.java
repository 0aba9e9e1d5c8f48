package dev.servicebus.listener.container;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusTransaction;

/**
 * What becomes of a message within the transaction of its listener. The first word
 * counts. Thread-safe.
 */
final class Enlistment {

	private final Delivery delivery;

	private final ServiceBusTransaction transaction;

	private @Nullable Disposition disposition;

	private @Nullable CompletableFuture<Void> noted;

	Enlistment(Delivery delivery, ServiceBusTransaction transaction) {
		this.delivery = delivery;
		this.transaction = transaction;
	}

	/**
	 * The message.
	 */
	Delivery delivery() {
		return this.delivery;
	}

	/**
	 * Settles the message when the transaction is committed.
	 * @return completes when the broker has taken note, {@code null} if something else
	 * was said before
	 */
	synchronized @Nullable CompletableFuture<Void> settle(Disposition newDisposition) {
		if (this.disposition != null) {
			return null;
		}
		this.disposition = newDisposition;
		this.noted = this.delivery.lane().settle(this.delivery.message(), newDisposition, this.transaction);
		return this.noted;
	}

	/**
	 * What was said, {@code null} if nothing was.
	 */
	synchronized @Nullable Disposition disposition() {
		return this.disposition;
	}

	/**
	 * Completes when the broker has taken note.
	 */
	synchronized CompletableFuture<Void> noted() {
		return (this.noted != null) ? this.noted : CompletableFuture.completedFuture(null);
	}

}
