package dev.servicebus.listener.container;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.listener.SessionContext;

/**
 * The session as the listener sees it in one attempt, with the state that it wants to
 * store.
 */
final class DeliverySession implements SessionContext {

	private final SessionLane lane;

	private byte @Nullable [] newState;

	private boolean changed;

	private @Nullable CompletableFuture<Void> saving;

	DeliverySession(SessionLane lane) {
		this.lane = lane;
	}

	@Override
	public ServiceBusSession session() {
		return this.lane.session();
	}

	@Override
	public void release() {
		this.lane.release();
	}

	@Override
	public byte @Nullable [] state() {
		synchronized (this) {
			if (this.changed) {
				return this.newState;
			}
		}
		return this.lane.state().get();
	}

	@Override
	public synchronized void state(byte @Nullable [] bytes) {
		this.newState = bytes;
		this.changed = true;
		this.saving = null;
	}

	/**
	 * Returns whether there is something to save.
	 */
	synchronized boolean isChanged() {
		CompletableFuture<Void> current = this.saving;
		boolean saved = current != null && current.isDone() && !current.isCompletedExceptionally();
		return this.changed && !saved;
	}

	/**
	 * Saves the state, once for all messages that share it.
	 */
	synchronized CompletableFuture<Void> save() {
		CompletableFuture<Void> current = this.saving;
		if (current == null || current.isCompletedExceptionally()) {
			current = this.lane.state().set(this.newState);
			this.saving = current;
		}
		return current;
	}

}
