package dev.servicebus.client.amqp;

import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.SessionMessageSource;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Pushes the messages of a session, not more at a time than the listener can use. What is
 * fetched ahead waits here, so that it can be given back in front of a message that comes
 * again.
 */
final class SessionMessages implements SessionMessageSource, MessageSource.Listener {

	private final SessionSlot slot;

	private final Deque<ServiceBusReceivedMessage> waiting = new ArrayDeque<>();

	private final Set<ServiceBusReceivedMessage> handedOut = Collections.newSetFromMap(new IdentityHashMap<>());

	private int demand;

	SessionMessages(SessionSlot slot) {
		this.slot = slot;
	}

	@Override
	public ServiceBusSession session() {
		return this.slot.link().session();
	}

	@Override
	public void demand(int messages) {
		core().execute(() -> {
			this.demand = messages;
			source().setDemand(messages);
			handOut();
		});
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition) {
		return core().completions()
			.async(source().where(Outcomes.verb(disposition)),
					(completion) -> core().execute(() -> settle(message, disposition, completion)));
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition,
			ServiceBusTransaction transaction) {
		TransactionLife life = AmqpTransaction.of(transaction, core());
		Settlement settlement = new Settlement(disposition, core().terms().in(life));
		return core().completions()
			.async(source().where(Outcomes.verb(disposition)), (completion) -> core().execute(() -> {
				source().unsettled().settle(message, settlement, completion);
				life.whenEnded(() -> ended(message));
			}));
	}

	/**
	 * A transaction is over. If it was given up the listener still has the message, and
	 * those that follow have to wait for it.
	 */
	private void ended(ServiceBusReceivedMessage message) {
		if (!source().unsettled().holds(message)) {
			this.handedOut.remove(message);
			handOut();
		}
	}

	private void settle(ServiceBusReceivedMessage message, Disposition disposition,
			Completion<@Nullable Void> completion) {
		if (disposition.returnsMessage() && source().unsettled().holds(message)) {
			source().putBack(message, disposition, this::discardWaiting, Completion.andThen(completion, () -> {
				this.handedOut.remove(message);
				handOut();
			}));
			return;
		}
		source().unsettled().settle(message, disposition, completion);
		this.handedOut.remove(message);
		handOut();
	}

	private void discardWaiting() {
		List<ServiceBusReceivedMessage> messages = List.copyOf(this.waiting);
		this.waiting.clear();
		for (ServiceBusReceivedMessage message : messages) {
			source().unsettled().settle(message, new Disposition.Release(), Completion.ignored());
		}
	}

	private void handOut() {
		while (this.handedOut.size() < this.demand && !this.waiting.isEmpty()) {
			ServiceBusReceivedMessage next = this.waiting.remove();
			this.handedOut.add(next);
			this.slot.listener().onMessage(next);
		}
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewLock(ServiceBusReceivedMessage message) {
		return source().renewLock(message);
	}

	@Override
	public CompletableFuture<Void> stop() {
		return source().stop();
	}

	@Override
	public void close() {
		core().executeUnlessEnded(this.slot::release);
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message) {
		this.waiting.add(message);
		handOut();
	}

	@Override
	public void onLockExpiring(ServiceBusReceivedMessage message) {
		if (this.handedOut.contains(message)) {
			this.slot.listener().onLockExpiring(message);
		}
	}

	/**
	 * The listener need not know of what it does not have.
	 */
	@Override
	public void onLockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
		if (this.handedOut.remove(message)) {
			this.slot.listener().onLockLost(message, failure);
		}
		else {
			this.waiting.remove(message);
		}
	}

	@Override
	public void onFailure(ServiceBusException failure) {
		this.slot.failed(failure);
	}

	@Override
	public void onReady() {
		this.slot.ready();
	}

	private AmqpMessageSource source() {
		return this.slot.link().source();
	}

	private ClientCore core() {
		return source().context().core();
	}

}
