package dev.servicebus.client.amqp;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.connection.LinkFailure;
import dev.servicebus.client.connection.LinkKeeper;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one entity. Each message that arrives ends in exactly one of three ways: it
 * is handed to the listener and settled, it is handed out and its lock is lost, or it is
 * given back to the broker because nobody takes messages any more.
 */
final class AmqpMessageSource implements MessageSource, LinkKeeper.Link<ReceiverLife> {

	private final ReceiverContext context;

	private final DeliveryReader reader;

	private final MessageSource.Listener listener;

	private final LinkKeeper<ReceiverLife> keeper;

	private final LinkCredit credit;

	private final UnsettledMessages unsettled;

	private final SettleQueue settleQueue;

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private int failures;

	private boolean failureReported;

	private boolean stopped;

	private boolean closing;

	private boolean closed;

	AmqpMessageSource(ReceiverContext context, MessageSource.Listener listener) {
		this.context = context;
		this.reader = new DeliveryReader(context);
		this.listener = listener;
		ClientCore core = context.core();
		this.keeper = new LinkKeeper<>(core.owner(), this, context.terms().attachTimeout());
		this.credit = new LinkCredit(context, this.keeper);
		this.unsettled = new UnsettledMessages(context, listener.watchesLocks(), this.credit::released, this::settled);
		this.settleQueue = new SettleQueue(core.owner().loop(), core::execute, this.unsettled::size);
	}

	ReceiverContext context() {
		return this.context;
	}

	@Override
	public String entityPath() {
		return this.context.options().path();
	}

	/** A pause takes back credit, too: what is sent during it is for others. */
	@Override
	public void demand(int messages) {
		core().execute(() -> {
			setDemand(messages);
			if (messages == 0) {
				drain(() -> {
				});
			}
		});
	}

	/**
	 * Attaches the link without waiting for a demand, on the loop.
	 */
	void attach() {
		this.keeper.want();
	}

	/**
	 * Returns whether no more messages are taken, on the loop.
	 */
	boolean isStopped() {
		return this.stopped;
	}

	private void takeNoMore() {
		this.stopped = true;
		this.settleQueue.hurry();
	}

	/**
	 * What has come and is not settled, on the loop.
	 */
	UnsettledMessages unsettled() {
		return this.unsettled;
	}

	/**
	 * Like {@link #demand}, on the loop.
	 */
	void setDemand(int messages) {
		if (this.stopped) {
			return;
		}
		if (messages > 0) {
			this.keeper.want();
		}
		this.credit.demand(messages);
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition,
			ServiceBusTransaction transaction) {
		Settlement settlement = new Settlement(disposition, core().terms().in(AmqpTransaction.of(transaction, core())));
		return core().completions()
			.async(where(Outcomes.verb(disposition)),
					(completion) -> core().execute(() -> this.unsettled.settle(message, settlement, completion)));
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition) {
		return core().completions()
			.async(where(Outcomes.verb(disposition)),
					(completion) -> core().execute(() -> this.unsettled.settle(message, disposition, completion)));
	}

	@Override
	public void settle(ServiceBusReceivedMessage message, Disposition disposition, Consumer<@Nullable Throwable> end) {
		new SettleRequest(this, message, disposition, end).submit(this.settleQueue);
	}

	/**
	 * Settles a message that is to come again before those that follow it, on the loop:
	 * they are discarded first, and none may be on their way.
	 * @param discard gives back what has not been handed out
	 */
	void putBack(ServiceBusReceivedMessage message, Disposition disposition, Runnable discard,
			Completion<@Nullable Void> completion) {
		this.credit.hold();
		drain(() -> {
			discard.run();
			this.unsettled.settle(message, disposition, Completion.andThen(completion, this.credit::resume));
		});
	}

	private void settled() {
		this.keeper.usefulWork();
		this.context.terms().used();
		releaseIfDone();
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewLock(ServiceBusReceivedMessage message) {
		return core().completions()
			.async(where("renew-lock"), (completion) -> core()
				.execute(() -> this.unsettled.locks().renew(message, core().operationTimeout(), completion)));
	}

	void delivered(ReceiverLife life, IncomingDelivery delivery) {
		this.credit.arrived();
		this.failures = 0;
		this.keeper.usefulWork();
		if (this.stopped && this.context.isPeekLock()) {
			delivery.settle(DeliveryState.Released.INSTANCE);
			this.credit.released();
			return;
		}
		ServiceBusReceivedMessage message = this.reader.read(delivery);
		if (message == null) {
			this.credit.released();
			return;
		}
		this.unsettled.add(message, life, delivery);
		this.context.terms().used();
		this.listener.onMessage(message);
	}

	/**
	 * The lock of a message, which may be settled by now, runs out soon.
	 */
	void lockExpiring(LockedMessage locked) {
		if (this.unsettled.holds(locked.message())) {
			this.listener.onLockExpiring(locked.message());
		}
	}

	/**
	 * The lock of a session, and with it those of its messages, runs out soon.
	 */
	void locksExpiring() {
		this.unsettled.inHand().forEach(this::lockExpiring);
	}

	/**
	 * Nothing can be done any more for the message: its slot is free. The listener may
	 * have another demand then, so nothing is granted before that is known.
	 */
	void lockLost(LockedMessage locked, ServiceBusException failure) {
		this.credit.hold();
		if (this.unsettled.lose(locked)) {
			ErrorContext where = where("receive").withDescription(failure.getMessage());
			this.listener.onLockLost(locked.message(), new MessageLockLostException(where, failure));
		}
		core().execute(this.credit::resume);
	}

	/**
	 * Notes that the lock of a session, and with it those of its messages, holds longer.
	 */
	void locksRenewed(Instant lockedUntil) {
		this.unsettled.lockedUntil(lockedUntil);
	}

	@Override
	public CompletableFuture<Void> stop() {
		return core().completions().async(where("stop"), (completion) -> core().execute(() -> {
			takeNoMore();
			this.credit.demand(0);
			drain(() -> Completion.done(completion));
		}));
	}

	/**
	 * Asks the broker for what it has now and for the rest of the credit.
	 * @param then runs when no message can come any more; at once if none can, so that a
	 * session that is closed is given back before it can be asked for again
	 */
	void drain(Runnable then) {
		this.credit.drain(then);
	}

	void drained() {
		this.credit.drained();
	}

	@Override
	public void close() {
		core().executeUnlessEnded(this::end);
	}

	/**
	 * Completes on the loop when this source has ended.
	 */
	CompletableFuture<Void> whenEnded() {
		return this.end;
	}

	/**
	 * Takes no more messages and gives back those in hand, on the loop.
	 * @return completes when the settlements under way have ended
	 */
	CompletableFuture<Void> end() {
		if (!this.closing) {
			this.closing = true;
			takeNoMore();
			this.credit.demand(0);
			drain(this::closeDrained);
		}
		return this.end;
	}

	private void closeDrained() {
		this.closed = true;
		this.context.terms().closed();
		this.unsettled.giveBack();
		releaseIfDone();
	}

	private void releaseIfDone() {
		if (this.closed && this.unsettled.settling() == 0) {
			this.keeper.release();
			this.credit.linkLost();
			this.end.complete(null);
		}
	}

	void opened(ReceiverLife life) {
		this.keeper.opened(life);
	}

	void ended(ReceiverLife life, AmqpLink.LinkEnd end) {
		this.keeper.ended(life, end);
		this.unsettled.linkLost(life);
	}

	@Override
	public ReceiverLife attach(AmqpSession session) {
		return new ReceiverLife(this, session, core().linkNames().next(entityPath(), "receiver"));
	}

	@Override
	public void up(ReceiverLife life) {
		this.failureReported = false;
		this.context.terms().attached(life);
		this.listener.onReady();
		this.credit.linkUp(life);
	}

	@Override
	public boolean down(@Nullable ReceiverLife life, LinkFailure failure) {
		ReceiverTerms terms = this.context.terms();
		ReceiverTerms.Next next = terms.lost(failure);
		if (this.closed) {
			this.credit.linkLost();
			return false;
		}
		if (life != null && !terms.locksMessages() && this.context.isPeekLock()) {
			loseLocks(failure.exception());
		}
		if (next == ReceiverTerms.Next.AT_ONCE) {
			this.keeper.usefulWork();
		}
		else {
			report(failure);
		}
		this.credit.linkLost();
		boolean useless = this.stopped && terms.locksMessages();
		return next != ReceiverTerms.Next.STOP && !this.closed && !useless;
	}

	/**
	 * The broker has taken the messages back together with the link.
	 */
	private void loseLocks(ServiceBusException cause) {
		for (LockedMessage locked : this.unsettled.inHand()) {
			lockLost(locked, cause);
		}
	}

	/**
	 * There is nothing to receive any more, and nothing to settle, on the loop.
	 */
	void fail(ServiceBusException failure) {
		loseLocks(failure);
		takeNoMore();
		this.closing = true;
		this.keeper.release();
		this.credit.linkLost();
		this.listener.onFailure(failure);
		closeDrained();
	}

	private void report(LinkFailure failure) {
		this.failures++;
		boolean worthTelling = !failure.isTransient() || this.failures > 1;
		if (worthTelling && !this.failureReported) {
			this.failureReported = true;
			this.listener.onFailure(failure.exception());
		}
	}

	/**
	 * What is tried, for the case that it fails.
	 */
	ErrorContext where(String operation) {
		return ErrorContext.of(operation, entityPath());
	}

	private ClientCore core() {
		return this.context.core();
	}

}
