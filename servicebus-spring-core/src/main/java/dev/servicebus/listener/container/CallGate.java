package dev.servicebus.listener.container;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Lets through no more messages at once than there may be calls, in their order. Whoever
 * leaves looks at the queue afterwards, and whoever enters looks at the calls afterwards,
 * so no message is left behind. Thread-safe; no method blocks.
 */
final class CallGate implements Gate {

	private final Queue<Delivery> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final int limit;

	private final Consumer<Delivery> exit;

	/**
	 * Makes a gate.
	 * @param limit how many messages may have passed and not left
	 * @param exit takes the messages that have passed
	 */
	CallGate(int limit, Consumer<Delivery> exit) {
		this.limit = limit;
		this.exit = exit;
	}

	@Override
	public boolean enter(Delivery delivery) {
		this.waiting.add(delivery);
		pass();
		return true;
	}

	@Override
	public void leave(Delivery delivery) {
		this.calls.decrementAndGet();
		pass();
	}

	private void pass() {
		while (!this.waiting.isEmpty()) {
			int current = this.calls.get();
			if (current >= this.limit) {
				return;
			}
			if (this.calls.compareAndSet(current, current + 1)) {
				passNext();
			}
		}
	}

	private void passNext() {
		Delivery next = this.waiting.poll();
		if (next != null) {
			this.exit.accept(next);
		}
		else {
			this.calls.decrementAndGet();
		}
	}

}
