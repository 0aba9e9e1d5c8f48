package dev.servicebus.emulator.amqp.management;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.delivery.Settlement;
import dev.servicebus.emulator.entity.BrowsableEntity;
import dev.servicebus.emulator.entity.EntityAddress;
import dev.servicebus.emulator.entity.Namespace;
import dev.servicebus.emulator.entity.ReceivableEntity;
import dev.servicebus.emulator.entity.SendableEntity;
import dev.servicebus.emulator.entity.Sessions;
import dev.servicebus.emulator.entity.SubQueue;
import dev.servicebus.emulator.entity.Subscription;
import dev.servicebus.emulator.store.MessageContent;
import dev.servicebus.emulator.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * The entity behind a management node. It is looked up for every request, because it may
 * have been deleted and created again.
 *
 * @param namespace holds the entity
 * @param address names it
 * @param heldSessions the sessions of the entity that the client holds
 * @param linkName the link on whose behalf the client asks, {@code null} if it does not
 * say
 * @param transaction the transaction to which the request belongs, {@code null} for none
 */
record ManagedEntity(Namespace namespace, EntityAddress address, HeldSessions heldSessions, @Nullable String linkName,
		@Nullable Transaction transaction) {

	/**
	 * The same entity for a request that belongs to a transaction.
	 */
	ManagedEntity in(Transaction newTransaction) {
		return new ManagedEntity(this.namespace, this.address, this.heldSessions, this.linkName, newTransaction);
	}

	/**
	 * The same entity for a request on behalf of a link.
	 */
	ManagedEntity onBehalfOf(String newLinkName) {
		return new ManagedEntity(this.namespace, this.address, this.heldSessions, newLinkName, this.transaction);
	}

	/**
	 * The session that a request is about: the one it names, or else the one of its link.
	 */
	@Nullable String sessionOf(RequestBody body) {
		String sessionId = body.optionalText("session-id");
		return (sessionId == null && this.linkName != null) ? this.heldSessions.byLink(this.linkName) : sessionId;
	}

	/**
	 * Settles deliveries, at once or with the transaction.
	 */
	void settle(Collection<UUID> lockTokens, Settlement settlement) {
		if (this.transaction != null) {
			this.transaction.settle(source(), lockTokens, settlement);
		}
		else {
			source().settle(lockTokens, settlement);
		}
	}

	/**
	 * Schedules messages, at once or with the transaction.
	 */
	long[] schedule(List<? extends MessageContent> messages) {
		return (this.transaction != null) ? this.transaction.schedule(target(), messages) : target().schedule(messages);
	}

	/**
	 * The entity as one that shows its messages.
	 * @throws dev.servicebus.emulator.store.BrokerException if it does not exist
	 */
	BrowsableEntity browsable() {
		return this.namespace.browsable(this.address);
	}

	/**
	 * The entity as one to receive from.
	 * @throws dev.servicebus.emulator.store.BrokerException if it does not exist, or is a
	 * topic
	 */
	ReceivableEntity source() {
		return this.namespace.source(this.address);
	}

	/**
	 * The sessions of the entity, for a request about one that the client must hold.
	 * @throws dev.servicebus.emulator.store.BrokerException if the entity does not exist,
	 * or has no sessions
	 * @throws RefusedException if the client does not hold the session
	 */
	Sessions heldSession(String sessionId) {
		Sessions sessions = source().sessions();
		if (!this.heldSessions.holds(sessionId)) {
			throw new RefusedException(Failure.SESSION_LOCK_LOST, "The session lock for the session '" + sessionId
					+ "' is lost, or another client holds it. Accept the session again.");
		}
		return sessions;
	}

	/**
	 * The entity as one to send to.
	 * @throws dev.servicebus.emulator.store.BrokerException if it does not exist or takes
	 * no messages
	 */
	SendableEntity target() {
		return this.namespace.target(this.address);
	}

	/**
	 * The entity as a subscription, which has rules.
	 * @throws dev.servicebus.emulator.store.BrokerException if it does not exist
	 * @throws RefusedException if it is something else
	 */
	Subscription subscription() {
		String subscription = this.address.subscription();
		if (subscription == null || this.address.subQueue() != SubQueue.NONE) {
			throw new RefusedException(Failure.NOT_ALLOWED,
					"The entity '" + this.address.path() + "' has no rules; only subscriptions have.");
		}
		return this.namespace.topic(this.address.queueOrTopic()).subscription(subscription);
	}

}
