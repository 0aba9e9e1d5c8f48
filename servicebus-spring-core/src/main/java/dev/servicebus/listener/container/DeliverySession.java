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

	private volatile boolean changed;

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
		return this.changed ? this.newState : this.lane.state().get();
	}

	@Override
	public void state(byte @Nullable [] bytes) {
		this.newState = bytes;
		this.changed = true;
	}

	/**
	 * Returns whether there is something to save.
	 */
	boolean isChanged() {
		return this.changed;
	}

	CompletableFuture<Void> save() {
		return this.lane.state().set(this.newState);
	}

}
