package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

import dev.servicebus.client.AutoLockRenewFailedException;
import dev.servicebus.client.AutoLockRenewTimeoutException;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.management.RenewSessionLock;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the lock of a session: it is not there yet, held, or lost for good.
 * Changed on the loop only, read everywhere.
 */
final class SessionLock implements RenewableLock, LockRenewer {

	private final ClientCore core;

	private final ManagementNode node;

	private final Listener listener;

	private volatile @Nullable String sessionId;

	private volatile @Nullable String linkName;

	private volatile OffsetDateTime lockedUntil = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);

	private volatile @Nullable ServiceBusException lossCause;

	private volatile boolean released;

	private volatile @Nullable ServiceBusException autoRenewError;

	private final LockUpkeep upkeep = new LockUpkeep();

	/**
	 * Makes a lock that is not there yet.
	 * @param core what the parts of the client share
	 * @param node the management node of the entity
	 * @param listener hears what becomes of the lock
	 */
	SessionLock(ClientCore core, ManagementNode node, Listener listener) {
		this.core = core;
		this.node = node;
		this.listener = listener;
	}

	/**
	 * The session is ours: for the first time, or again after its link was lost.
	 */
	void granted(String id, OffsetDateTime until, String newLinkName) {
		this.sessionId = id;
		this.linkName = newLinkName;
		this.lockedUntil = until;
	}

	/**
	 * The link is gone that held the lock.
	 */
	void linkLost() {
		this.linkName = null;
	}

	/**
	 * The lock is lost for good. Harmless when repeated.
	 */
	void lose(ServiceBusException cause) {
		if (this.lossCause == null && !this.released) {
			this.lossCause = cause;
			failKeeping(new AutoLockRenewFailedException(lost("renew-session-lock", cause).context(), cause));
			this.upkeep.stop();
			this.listener.lost(lost("receive", cause));
		}
	}

	/**
	 * The lock was given back.
	 */
	void released() {
		this.upkeep.stop();
		this.released = true;
	}

	/**
	 * Begins to renew the lock, if that is not being done.
	 */
	void renewWith(LockRenewals.Renewal newRenewal) {
		this.upkeep.stop();
		this.upkeep.renewedBy(newRenewal);
	}

	/**
	 * Renews the lock because a program has asked for it.
	 */
	void keptBy(LockKeeping newKeeping) {
		ServiceBusException cause = lossCause();
		this.upkeep.stop();
		if (cause != null) {
			newKeeping.fail(new AutoLockRenewFailedException(lost("renew-session-lock", cause).context(), cause));
			return;
		}
		this.upkeep.keptBy(newKeeping, this);
	}

	/**
	 * The session was of use: it may be renewed for the whole time once more.
	 */
	void used() {
		this.upkeep.extend();
	}

	private void failKeeping(ServiceBusException failure) {
		if (this.upkeep.isAsked()) {
			this.autoRenewError = failure;
			this.upkeep.fail(failure);
		}
	}

	/**
	 * Says why nothing can be done with the session any more, {@code null} if it can.
	 */
	@Nullable SessionLockLostException lossFor(String operation) {
		ServiceBusException cause = lossCause();
		return (cause != null) ? lost(operation, cause) : null;
	}

	private @Nullable ServiceBusException lossCause() {
		ServiceBusException cause = this.lossCause;
		if (cause != null || !this.released) {
			return cause;
		}
		return new ServiceBusException(
				ErrorContext.of("receive", entityPath()).withDescription("the receiver was closed"));
	}

	private SessionLockLostException lost(String operation, ServiceBusException cause) {
		return new SessionLockLostException(
				ErrorContext.of(operation, entityPath())
					.withDescription("the lock of session '" + this.sessionId + "' is lost; accept the session again"),
				cause);
	}

	/**
	 * The broker has refused a request for the reason that the lock is lost. It is,
	 * unless the link is just being replaced.
	 */
	void refused(SessionLockLostException failure) {
		if (this.linkName != null) {
			lose(failure);
		}
	}

	boolean isGranted() {
		return this.sessionId != null;
	}

	/**
	 * The session.
	 * @throws IllegalStateException before it was granted
	 */
	String sessionId() {
		String id = this.sessionId;
		if (id == null) {
			throw new IllegalStateException("No session has been accepted yet");
		}
		return id;
	}

	/**
	 * The link that holds the lock, {@code null} while there is none.
	 */
	@Nullable String linkName() {
		return this.linkName;
	}

	@Nullable ServiceBusException autoRenewError() {
		return this.autoRenewError;
	}

	@Override
	public OffsetDateTime lockedUntil() {
		return this.lockedUntil;
	}

	@Override
	public LockRenewer renewer() {
		return this;
	}

	@Override
	public @Nullable UUID lockToken() {
		return null;
	}

	@Override
	public void renewed(Instant newLockedUntil) {
		this.lockedUntil = newLockedUntil.atOffset(ZoneOffset.UTC);
		this.listener.renewed(newLockedUntil);
	}

	@Override
	public void expiring() {
		this.listener.expiring();
	}

	/**
	 * A lock that was renewed for the time that is allowed has simply run out; any other
	 * end is a loss, unless the link is just being replaced.
	 */
	@Override
	public void renewalEnded(ServiceBusException failure) {
		this.autoRenewError = failure;
		failKeeping(failure);
		if (this.linkName != null || failure instanceof AutoLockRenewTimeoutException) {
			lose(failure);
		}
	}

	@Override
	public String entityPath() {
		return this.node.entityPath();
	}

	@Override
	public int locksPerRequest() {
		return 1;
	}

	@Override
	public void renew(List<RenewableLock> locks, Duration limit, Completion<List<Instant>> completion) {
		this.node.call(new RenewSessionLock(sessionId()), this.linkName, limit, Completion.map(completion, List::of));
	}

	/**
	 * Hears what becomes of a lock. Called on the loop.
	 */
	interface Listener {

		/**
		 * The lock, and those of all messages of the session, hold longer.
		 */
		void renewed(Instant lockedUntil);

		/**
		 * The lock runs out soon.
		 */
		void expiring();

		/**
		 * The lock is lost for good. Called once.
		 */
		void lost(SessionLockLostException failure);

	}

}
