package dev.servicebus.client.amqp;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageAlreadySettledException;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The messages that came and are not settled. A message leaves once: whoever takes it out
 * owns its end. Confined to the loop.
 */
final class MessagesInHand {

	private final Map<ServiceBusReceivedMessage, LockedMessage> messages = new IdentityHashMap<>();

	/** Tells a settlement that comes too late from one that comes twice. */
	private final Set<ServiceBusReceivedMessage> lost = Collections.newSetFromMap(new WeakHashMap<>());

	int size() {
		return this.messages.size();
	}

	void add(LockedMessage locked) {
		this.messages.put(locked.message(), locked);
	}

	@Nullable LockedMessage find(ServiceBusReceivedMessage message) {
		return this.messages.get(message);
	}

	/**
	 * Takes a message out, {@code null} if it is not here any more.
	 */
	@Nullable LockedMessage remove(ServiceBusReceivedMessage message) {
		return this.messages.remove(message);
	}

	/**
	 * Takes a message out of which the lock is lost.
	 * @return whether it was here
	 */
	boolean lose(LockedMessage locked) {
		boolean present = this.messages.remove(locked.message(), locked);
		if (present) {
			this.lost.add(locked.message());
		}
		return present;
	}

	/**
	 * A copy of what is in hand.
	 */
	Collection<LockedMessage> all() {
		return List.copyOf(this.messages.values());
	}

	void clear() {
		this.messages.clear();
	}

	/**
	 * Says why a message that is not here cannot be settled.
	 */
	ServiceBusException whyNotHere(ServiceBusReceivedMessage message, ErrorContext where) {
		return this.lost.remove(message)
				? new MessageLockLostException(where.withDescription("the lock was lost before"))
				: new MessageAlreadySettledException(where);
	}

	/**
	 * Notes that one renewal has moved the locks of all messages.
	 */
	void lockedUntil(Instant newLockedUntil) {
		this.messages.keySet().forEach((message) -> message.lockRenewed(newLockedUntil));
	}

}
