package dev.servicebus.client.amqp;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message that was received by its sequence number: it has a lock but no link.
 */
final class DeferredMessage implements RenewableLock {

	private final ServiceBusReceivedMessage message;

	private final LockRenewer renewer;

	private final LockUpkeep upkeep = new LockUpkeep();

	DeferredMessage(ServiceBusReceivedMessage message, LockRenewer renewer) {
		this.message = message;
		this.renewer = renewer;
	}

	void keptBy(LockKeeping newKeeping) {
		this.upkeep.keptBy(newKeeping, this);
	}

	void stopRenewal() {
		this.upkeep.stop();
	}

	@Override
	public LockRenewer renewer() {
		return this.renewer;
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
	public void renewalEnded(ServiceBusException failure) {
		this.message.autoRenewFailed(failure);
		this.upkeep.fail(failure);
	}

}
