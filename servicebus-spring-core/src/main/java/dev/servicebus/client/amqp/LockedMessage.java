package dev.servicebus.client.amqp;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message in hand: where it came from, whether its slot is still taken, and who renews
 * its lock.
 */
final class LockedMessage implements RenewableLock {

	private final ServiceBusReceivedMessage message;

	private final ReceiverLife life;

	private final IncomingDelivery delivery;

	private final LockUpkeep upkeep = new LockUpkeep();

	private boolean slotTaken = true;

	private boolean leftLink;

	LockedMessage(ServiceBusReceivedMessage message, ReceiverLife life, IncomingDelivery delivery) {
		this.message = message;
		this.life = life;
		this.delivery = delivery;
	}

	ServiceBusReceivedMessage message() {
		return this.message;
	}

	/**
	 * The link on which it came, which may be gone.
	 */
	ReceiverLife life() {
		return this.life;
	}

	IncomingDelivery delivery() {
		return this.delivery;
	}

	/**
	 * Returns whether it can be settled on its link.
	 */
	boolean isOnLink() {
		return !this.leftLink && this.life.isOpen();
	}

	/**
	 * It is settled on its link now, and never again.
	 */
	void leaveLink() {
		this.leftLink = true;
	}

	/**
	 * Frees the slot of the message.
	 * @return whether it was still taken
	 */
	boolean freeSlot() {
		boolean taken = this.slotTaken;
		this.slotTaken = false;
		return taken;
	}

	void renewedBy(LockRenewals.Renewal newRenewal) {
		this.upkeep.renewedBy(newRenewal);
	}

	/**
	 * Renews the lock because a program has asked for it.
	 */
	void keptBy(LockKeeping newKeeping) {
		this.upkeep.keptBy(newKeeping, this);
	}

	/**
	 * Ends the renewal of the lock. Harmless when it is not renewed.
	 */
	void stopRenewal() {
		this.upkeep.stop();
	}

	@Override
	public LockRenewer renewer() {
		return this.life.source().context().management().node().messageLocks();
	}

	@Override
	public @Nullable UUID lockToken() {
		return this.message.lockToken();
	}

	@Override
	public @Nullable OffsetDateTime lockedUntil() {
		return this.message.lockedUntil();
	}

	@Override
	public void renewed(Instant newLockedUntil) {
		this.message.lockRenewed(newLockedUntil);
	}

	@Override
	public void expiring() {
		this.life.source().lockExpiring(this);
	}

	@Override
	public void renewalEnded(ServiceBusException failure) {
		this.message.autoRenewFailed(failure);
		this.upkeep.fail(failure);
		this.life.source().lockLost(this, failure);
	}

}
