package dev.servicebus.listener.container;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ServiceBusSession;

/**
 * What is stored with a session, as far as is known here: whoever holds the session is
 * the only one to change it. Thread-safe.
 */
final class StoredState {

	private final ServiceBusSession session;

	private volatile @Nullable Known known;

	StoredState(ServiceBusSession session) {
		this.session = session;
	}

	/**
	 * Reads the state, the first time from the broker, for which it blocks.
	 */
	byte @Nullable [] get() {
		Known current = this.known;
		if (current == null) {
			current = new Known(this.session.getState());
			this.known = current;
		}
		byte[] bytes = current.bytes;
		return (bytes != null) ? bytes.clone() : null;
	}

	/**
	 * Writes the state unless it is the same already. Does not block.
	 */
	CompletableFuture<Void> set(byte @Nullable [] bytes) {
		Known current = this.known;
		if (current != null && Arrays.equals(current.bytes, bytes)) {
			return CompletableFuture.completedFuture(null);
		}
		this.known = null;
		return this.session.setStateAsync(bytes).thenRun(() -> this.known = new Known(bytes));
	}

	private static final class Known {

		private final byte @Nullable [] bytes;

		Known(byte @Nullable [] bytes) {
			this.bytes = bytes;
		}

	}

}
