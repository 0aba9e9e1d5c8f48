package dev.servicebus.transaction;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusTransaction;

/**
 * The transaction of a thread. The template takes part in it with everything that it
 * sends and completes through the same client; work on other threads, and with other
 * clients, does not. Thread-safe.
 */
public final class CurrentTransaction {

	private static final ThreadLocal<@Nullable Binding> CURRENT = new ThreadLocal<>();

	private CurrentTransaction() {
	}

	/**
	 * The transaction of the calling thread on a client, {@code null} if there is none.
	 */
	public static @Nullable ServiceBusTransaction of(MessagingClient client) {
		Binding binding = CURRENT.get();
		return (binding != null && binding.client == client) ? binding.transaction : null;
	}

	/**
	 * Makes a transaction the one of the calling thread, until the result is closed on
	 * the same thread; what was there before is there again then. Does not end the
	 * transaction.
	 */
	public static Binding bind(MessagingClient client, ServiceBusTransaction transaction) {
		Binding binding = new Binding(client, transaction, CURRENT.get());
		CURRENT.set(binding);
		return binding;
	}

	/**
	 * Lets the calling thread have no transaction on a client until the result is closed.
	 */
	static Binding suspend(MessagingClient client) {
		Binding binding = new Binding(client, null, CURRENT.get());
		CURRENT.set(binding);
		return binding;
	}

	/**
	 * A transaction that belongs to a thread for a while.
	 */
	public static final class Binding implements AutoCloseable {

		private final MessagingClient client;

		private final @Nullable ServiceBusTransaction transaction;

		private final @Nullable Binding earlier;

		private Binding(MessagingClient client, @Nullable ServiceBusTransaction transaction,
				@Nullable Binding earlier) {
			this.client = client;
			this.transaction = transaction;
			this.earlier = earlier;
		}

		@Override
		public void close() {
			if (this.earlier != null) {
				CURRENT.set(this.earlier);
			}
			else {
				CURRENT.remove();
			}
		}

	}

}
