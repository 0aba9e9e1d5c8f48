package dev.servicebus.listener.container;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Tells of locks that are about to run out, with what their listeners are doing.
 */
final class LockGuard {

	private final String listenerId;

	private final ContainerServices services;

	LockGuard(Parts parts) {
		this.listenerId = parts.definition().id();
		this.services = parts.services();
	}

	/**
	 * Looks on another thread, since to read the stack of a thread may take a while.
	 */
	void expiring(Delivery delivery) {
		this.services.scheduler().schedule(Duration.ZERO, () -> tell(delivery));
	}

	private void tell(Delivery delivery) {
		if (delivery.phase().isOpen()) {
			OffsetDateTime lockedUntil = delivery.lane().lockedUntil(delivery.message());
			this.services.monitor().lockExpiring(this.listenerId, delivery.message(), lockedUntil, stack(delivery));
		}
	}

	/**
	 * What the listener does with the message. The thread may turn to the next message in
	 * between, whose stack is not wanted.
	 */
	static List<StackTraceElement> stack(Delivery delivery) {
		Thread handler = delivery.handler();
		if (handler == null) {
			return List.of();
		}
		List<StackTraceElement> stack = List.of(handler.getStackTrace());
		return (delivery.handler() == handler) ? stack : List.of();
	}

}
