package dev.servicebus.client.amqp;

import java.time.ZoneOffset;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import dev.servicebus.client.AutoLockRenewFailedException;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageErrorException;
import dev.servicebus.client.management.RenewLocks;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Renews the locks of a source's messages: by itself, because a program has registered
 * one, or because it asks for it now. Confined to the loop.
 */
final class MessageLocks {

	private final ReceiverContext context;

	private final MessagesInHand inHand;

	private final boolean watched;

	/**
	 * Makes the locks of a source.
	 * @param watched whether locks that are not renewed are watched
	 */
	MessageLocks(ReceiverContext context, MessagesInHand inHand, boolean watched) {
		this.context = context;
		this.inHand = inHand;
		this.watched = watched;
	}

	/**
	 * Begins to renew the lock of a message that has come, if the options say so, or to
	 * watch it.
	 */
	void begin(LockedMessage locked) {
		Duration maxRenewal = this.context.options().maxLockRenewal();
		boolean wanted = this.watched || !maxRenewal.isZero();
		if (wanted && locked.lockToken() != null && this.context.terms().locksMessages()) {
			LockRenewals renewals = this.context.core().renewals();
			BrokerTime brokerTime = renewals.brokerTime();
			brokerTime.hasPassed(locked.message().enqueuedTime());
			// A lock that has run out on its way, as it seems, tells of clocks that
			// differ: only a renewal can find out.
			if (!maxRenewal.isZero() || !brokerTime.remaining(locked.lockedUntil()).isZero()) {
				locked.renewedBy(renewals.start(locked, maxRenewal));
			}
		}
	}

	/**
	 * Renews the lock of a message in hand because a program has asked for it.
	 */
	void keep(ServiceBusReceivedMessage message, LockKeeping keeping) {
		LockedMessage locked = this.inHand.find(message);
		if (locked != null) {
			locked.keptBy(keeping);
			return;
		}
		AutoLockRenewFailedException failure = new AutoLockRenewFailedException(
				where().withDescription("the message is settled, or was not received here"));
		message.autoRenewFailed(failure);
		keeping.fail(failure);
	}

	/**
	 * Renews a lock now.
	 */
	void renew(ServiceBusReceivedMessage message, Duration timeout, Completion<OffsetDateTime> completion) {
		UUID lockToken = message.lockToken();
		if (lockToken == null || !this.context.terms().locksMessages()) {
			completion.failure(
					new MessageErrorException(where().withDescription((lockToken == null) ? "the message has no lock"
							: "the message is locked with its session, renew the lock of the session")));
			return;
		}
		this.context.management()
			.call(new RenewLocks(List.of(lockToken)), timeout, Completion.map(completion, (lockedUntil) -> {
				message.lockRenewed(lockedUntil.get(0));
				return lockedUntil.get(0).atOffset(ZoneOffset.UTC);
			}));
	}

	private ErrorContext where() {
		return ErrorContext.of("renew-lock", this.context.options().path());
	}

}
