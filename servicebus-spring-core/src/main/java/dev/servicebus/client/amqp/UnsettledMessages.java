package dev.servicebus.client.amqp;

import java.time.Instant;
import java.util.Collection;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a source from their arrival until they are settled, or are known to be
 * lost: those in hand with their locks, and those of which the settlement is under way.
 * Confined to the loop.
 */
final class UnsettledMessages {

	private static final String LINK_LOST = "the link of its session was lost";

	private final ReceiverContext context;

	private final Runnable slotFreed;

	private final MessagesInHand inHand = new MessagesInHand();

	private final MessageLocks locks;

	private final Settlements settlements;

	private boolean givenBack;

	/**
	 * Begins without any.
	 * @param context what is received, and how
	 * @param watched whether locks that are not renewed are watched
	 * @param slotFreed runs when a message has freed the slot that it had taken
	 * @param settled runs when a settlement has ended
	 */
	UnsettledMessages(ReceiverContext context, boolean watched, Runnable slotFreed, Runnable settled) {
		this.context = context;
		this.slotFreed = slotFreed;
		this.locks = new MessageLocks(context, this.inHand, watched);
		this.settlements = new Settlements(context.core().owner().loop(), context.management(), settled);
	}

	/**
	 * Takes a message in hand, and begins to renew its lock.
	 */
	void add(ServiceBusReceivedMessage message, ReceiverLife life, IncomingDelivery delivery) {
		LockedMessage locked = new LockedMessage(message, life, delivery);
		this.inHand.add(locked);
		this.locks.begin(locked);
	}

	/**
	 * Returns whether a message can still be settled.
	 */
	boolean holds(ServiceBusReceivedMessage message) {
		return this.inHand.find(message) != null;
	}

	/**
	 * How many messages are in hand.
	 */
	int size() {
		return this.inHand.size();
	}

	/**
	 * A copy of what is in hand.
	 */
	Collection<LockedMessage> inHand() {
		return this.inHand.all();
	}

	/**
	 * Renews locks.
	 */
	MessageLocks locks() {
		return this.locks;
	}

	/**
	 * How many settlements are under way.
	 */
	int settling() {
		return this.settlements.underWay();
	}

	/**
	 * Settles within the client's operation timeout.
	 */
	void settle(ServiceBusReceivedMessage message, Disposition disposition, Completion<@Nullable Void> completion) {
		settle(message, new Settlement(disposition, this.context.core().terms()), completion);
	}

	void settle(ServiceBusReceivedMessage message, Settlement settlement, Completion<@Nullable Void> completion) {
		ErrorContext where = where(settlement.disposition());
		settlement.terms().run(where, completion, (begun) -> settleNow(message, settlement, begun));
	}

	private void settleNow(ServiceBusReceivedMessage message, Settlement settlement,
			Completion<@Nullable Void> completion) {
		Disposition disposition = settlement.disposition();
		ServiceBusException refusal = this.context.management().whyImpossible(Outcomes.verb(disposition));
		LockedMessage locked = (refusal == null) ? this.inHand.remove(message) : null;
		if (locked == null) {
			completion.failure((refusal != null) ? refusal : this.inHand.whyNotHere(message, where(disposition)));
			return;
		}
		leave(locked);
		if (this.context.isPeekLock()) {
			TransactionLife transaction = settlement.terms().transaction();
			if (transaction != null) {
				transaction.whenGivenUp(() -> takeBackInHand(locked));
			}
			this.settlements.start(locked, settlement, completion);
		}
		else {
			Completion.done(completion);
		}
	}

	/**
	 * The message was not settled after all, and is still locked unless its lock was that
	 * of a link that is gone.
	 */
	private void takeBackInHand(LockedMessage locked) {
		if (this.givenBack) {
			return;
		}
		this.inHand.add(locked);
		if (!this.context.terms().locksMessages() && !locked.life().isOpen()) {
			ErrorContext where = ErrorContext.of("settle", this.context.options().path());
			locked.life().source().lockLost(locked, new MessageLockLostException(where.withDescription(LINK_LOST)));
		}
	}

	/**
	 * Frees the slot of a message that stays in hand.
	 */
	void handedOut(ServiceBusReceivedMessage message) {
		LockedMessage locked = this.context.isPeekLock() ? this.inHand.find(message) : this.inHand.remove(message);
		if (locked != null) {
			freeSlot(locked);
		}
	}

	/**
	 * Takes a message out of hand that will not be settled.
	 */
	void forget(ServiceBusReceivedMessage message) {
		LockedMessage locked = this.inHand.remove(message);
		if (locked != null) {
			leave(locked);
		}
	}

	/**
	 * Nothing can be done any more for a message.
	 * @return whether it was still in hand
	 */
	boolean lose(LockedMessage locked) {
		boolean lost = this.inHand.lose(locked);
		if (lost) {
			leave(locked);
		}
		return lost;
	}

	/**
	 * One renewal has moved the locks of all messages.
	 */
	void lockedUntil(Instant newLockedUntil) {
		this.inHand.lockedUntil(newLockedUntil);
	}

	/**
	 * Gives back all that is in hand, for good.
	 */
	void giveBack() {
		this.givenBack = true;
		for (LockedMessage locked : this.inHand.all()) {
			locked.stopRenewal();
			// Harmless where the delivery is settled, or gone with its link.
			locked.delivery().settle(DeliveryState.Released.INSTANCE);
		}
		this.inHand.clear();
	}

	/**
	 * Looks for another way for what waits for an answer on a link that is gone.
	 */
	void linkLost(ReceiverLife life) {
		this.settlements.linkLost(life);
	}

	private void leave(LockedMessage locked) {
		locked.stopRenewal();
		freeSlot(locked);
	}

	private void freeSlot(LockedMessage locked) {
		if (locked.freeSlot()) {
			this.slotFreed.run();
		}
	}

	private ErrorContext where(Disposition disposition) {
		return ErrorContext.of(Outcomes.verb(disposition), this.context.options().path());
	}

}
