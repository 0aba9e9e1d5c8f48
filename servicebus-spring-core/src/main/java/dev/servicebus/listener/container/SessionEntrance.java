package dev.servicebus.listener.container;

import java.util.List;

import dev.servicebus.listener.SettlementMode;

/**
 * Lets the messages of a session in, and sends away those that must not be handled any
 * more. When a message of a batch goes back to the broker, so do those behind it, because
 * they would pass it otherwise. Thread-safe.
 */
final class SessionEntrance {

	private final Gate gate;

	private final Settler settler;

	private final boolean batches;

	private final boolean deletedOnDelivery;

	/** Whether a message of a batch has gone back to the broker. */
	private volatile boolean returned;

	SessionEntrance(Gate gate, Parts parts) {
		this.gate = gate;
		this.settler = parts.settler();
		this.batches = parts.definition().takesBatches();
		this.deletedOnDelivery = parts.definition().options().settlement() == SettlementMode.RECEIVE_AND_DELETE;
	}

	/**
	 * A message waits for its turn, unless the session has ended for it.
	 * @param ending whether the session has an end
	 * @return whether it has entered
	 */
	boolean enter(Delivery delivery, boolean ending) {
		boolean entered = !(ending && isBarred(delivery)) && this.gate.enter(delivery);
		if (!entered) {
			this.settler.giveBack(delivery);
		}
		return entered;
	}

	/**
	 * Only a message that has been with the listener before may enter a session that
	 * ends.
	 */
	private boolean isBarred(Delivery delivery) {
		return !this.deletedOnDelivery && (this.returned || delivery.attempt() == 0);
	}

	void leave(Delivery delivery) {
		this.gate.leave(delivery);
		if (this.returned) {
			abandonIfWaiting(delivery);
		}
	}

	void forget(Delivery delivery) {
		this.gate.forget(delivery);
	}

	/**
	 * A message goes back to the broker.
	 * @return whether the others have to follow
	 */
	boolean returned() {
		if (this.batches) {
			this.returned = true;
		}
		return this.batches;
	}

	/**
	 * Gives back what must not be handled any more.
	 * @return how many messages that had entered
	 */
	int turnAway() {
		List<Delivery> barred = this.gate.end(this::isBarred);
		barred.forEach(this.settler::giveBack);
		if (this.returned) {
			this.gate.held().forEach(this::abandonIfWaiting);
		}
		return barred.size();
	}

	private void abandonIfWaiting(Delivery delivery) {
		if (delivery.phase() == Phase.WAITING) {
			this.settler.abandonWaiting(delivery);
		}
	}

}
