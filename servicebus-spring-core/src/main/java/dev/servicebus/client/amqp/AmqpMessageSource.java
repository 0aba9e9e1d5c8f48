package dev.servicebus.client.amqp;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.flow.CreditWindow;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageErrorException;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.connection.LinkFailure;
import dev.servicebus.client.connection.LinkKeeper;
import dev.servicebus.client.error.VendorCondition;
import dev.servicebus.client.management.RenewLocks;
import dev.servicebus.message.InvalidLockTokenException;
import dev.servicebus.message.LockToken;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of one entity. Each message that arrives ends in exactly one of three ways: it
 * is handed to the listener and settled, it is handed out and its lock is lost, or it is
 * given back to the broker because nobody takes messages any more.
 */
final class AmqpMessageSource implements MessageSource, LinkKeeper.Link<ReceiverLife> {

	private static final Logger logger = LoggerFactory.getLogger(AmqpMessageSource.class);

	private final ReceiverContext context;

	private final MessageSource.Listener listener;

	private final CreditWindow window;

	private final LinkKeeper<ReceiverLife> keeper;

	private final LinkDrain drain;

	private final LockRenewals renewals;

	private final MessagesInHand inHand = new MessagesInHand();

	private final Settlements settlements;

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private int failures;

	private boolean failureReported;

	private boolean stopped;

	private boolean closing;

	private boolean closed;

	private int lives;

	AmqpMessageSource(ReceiverContext context, MessageSource.Listener listener) {
		this.context = context;
		this.listener = listener;
		ClientCore core = context.core();
		this.window = new CreditWindow(context.options().prefetch());
		this.keeper = new LinkKeeper<>(core.owner(), this, context.terms().attachTimeout());
		this.drain = new LinkDrain(core.owner().loop());
		this.renewals = new LockRenewals(core.owner().loop(), context.management().node(),
				context.options().maxLockRenewal(), this::lockLost);
		this.settlements = new Settlements(core.owner().loop(), context.management(), this::settled);
	}

	ReceiverContext context() {
		return this.context;
	}

	@Override
	public String entityPath() {
		return this.context.options().path();
	}

	@Override
	public void demand(int messages) {
		core().execute(() -> setDemand(messages));
	}

	/**
	 * Like {@link #demand}, on the loop.
	 */
	void setDemand(int messages) {
		if (this.stopped) {
			return;
		}
		this.window.demand(messages);
		if (messages > 0) {
			this.keeper.want();
		}
		grantCredit();
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition) {
		return core().completions()
			.async((completion) -> core().execute(() -> settle(message, disposition, completion)));
	}

	/**
	 * Settles, on the loop.
	 */
	void settle(ServiceBusReceivedMessage message, Disposition disposition, Completion<@Nullable Void> completion) {
		LockedMessage locked = this.inHand.remove(message);
		if (locked == null) {
			completion
				.failure(this.inHand.whyNotHere(message, ErrorContext.of(Outcomes.verb(disposition), entityPath())));
			return;
		}
		this.renewals.remove(locked);
		freeSlot(locked);
		if (this.context.isPeekLock()) {
			this.settlements.start(locked, disposition, core().operationTimeout(), completion);
		}
		else {
			Completion.done(completion);
		}
	}

	private void settled() {
		this.keeper.usefulWork();
		releaseIfDone();
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewLock(ServiceBusReceivedMessage message) {
		return core().completions().async((completion) -> core().execute(() -> renewLock(message, completion)));
	}

	void renewLock(ServiceBusReceivedMessage message, Completion<OffsetDateTime> completion) {
		UUID lockToken = message.lockToken();
		if (lockToken == null) {
			completion.failure(new MessageErrorException(
					ErrorContext.of("renew-lock", entityPath()).withDescription("the message has no lock")));
			return;
		}
		this.context.management()
			.call(new RenewLocks(List.of(lockToken)), core().operationTimeout(), new Completion<>() {
				@Override
				public void success(List<OffsetDateTime> lockedUntil) {
					message.lockRenewed(lockedUntil.get(0));
					completion.success(lockedUntil.get(0));
				}

				@Override
				public void failure(ServiceBusException failure) {
					completion.failure(failure);
				}
			});
	}

	/**
	 * Frees the slot of a message that stays in hand, on the loop.
	 */
	void handedOut(ServiceBusReceivedMessage message) {
		LockedMessage locked = this.inHand.find(message);
		if (locked != null) {
			freeSlot(locked);
		}
	}

	/**
	 * Takes a message out of hand that will not be settled, on the loop.
	 */
	void forget(ServiceBusReceivedMessage message) {
		LockedMessage locked = this.inHand.remove(message);
		if (locked != null) {
			this.renewals.remove(locked);
			freeSlot(locked);
		}
	}

	private void freeSlot(LockedMessage locked) {
		if (locked.freeSlot()) {
			this.window.released();
			grantCredit();
		}
	}

	private void grantCredit() {
		ReceiverLife life = this.keeper.current();
		if (life != null && !this.drain.isUnderWay()) {
			int grant = this.window.topUp();
			if (grant > 0) {
				life.addCredit(grant);
			}
		}
	}

	void delivered(ReceiverLife life, IncomingDelivery delivery) {
		this.window.arrived();
		this.failures = 0;
		this.keeper.usefulWork();
		if (this.stopped && this.context.isPeekLock()) {
			delivery.settle(DeliveryState.Released.INSTANCE);
			this.window.released();
			return;
		}
		ServiceBusReceivedMessage message;
		try {
			message = ServiceBusReceivedMessage.of(EncodedMessage.of(delivery.payload()), lockToken(delivery));
		}
		catch (AmqpDecodeException | InvalidLockTokenException ex) {
			refuseUndecodable(delivery, ex);
			return;
		}
		LockedMessage locked = new LockedMessage(message, life, delivery);
		this.inHand.add(locked);
		this.renewals.add(locked);
		this.listener.onMessage(message);
	}

	private @Nullable UUID lockToken(IncomingDelivery delivery) {
		return this.context.isPeekLock() ? LockToken.ofDeliveryTag(delivery.tag()) : null;
	}

	/**
	 * Nobody can handle what is not a message: it goes where it can be looked at.
	 */
	private void refuseUndecodable(IncomingDelivery delivery, RuntimeException cause) {
		logger.warn("A message of '{}' cannot be decoded and is dead-lettered: {}", entityPath(), cause.getMessage());
		if (!delivery.isRemotelySettled()) {
			delivery.settle(new DeliveryState.Rejected(new AmqpError(VendorCondition.DEAD_LETTER, null,
					Map.of(Symbol.of("DeadLetterReason"), "DecodeError", Symbol.of("DeadLetterErrorDescription"),
							"The message cannot be decoded."))));
		}
		this.window.released();
		grantCredit();
	}

	/**
	 * Nothing can be done any more for the message: its slot is free.
	 */
	private void lockLost(LockedMessage locked, ServiceBusException failure) {
		if (this.inHand.lose(locked)) {
			this.renewals.remove(locked);
			freeSlot(locked);
			this.listener.onLockLost(locked.message(), failure);
		}
	}

	@Override
	public CompletableFuture<Void> stop() {
		return core().completions().async((completion) -> core().execute(() -> {
			this.stopped = true;
			this.window.demand(0);
			drain(() -> Completion.done(completion));
		}));
	}

	/**
	 * Asks the broker for what it has now and for the rest of the credit.
	 * @param then runs when no message can come any more
	 */
	void drain(Runnable then) {
		ReceiverLife life = this.keeper.current();
		if (life == null || this.window.granted() == 0) {
			this.window.linkLost();
			core().owner().loop().execute(then);
			return;
		}
		this.drain.start(life, then, () -> drainTimedOut(life));
	}

	private void drainTimedOut(ReceiverLife life) {
		this.keeper.replace(life, new OperationTimeoutException(ErrorContext.of("drain", entityPath())
			.withDescription("the broker has not answered within " + LinkDrain.TIMEOUT.toMillis() + " ms")));
	}

	void drained() {
		this.window.linkLost();
		this.drain.end();
		grantCredit();
	}

	@Override
	public void close() {
		core().execute(this::end);
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
			this.stopped = true;
			this.window.demand(0);
			drain(this::closeDrained);
		}
		return this.end;
	}

	private void closeDrained() {
		this.closed = true;
		this.renewals.clear();
		for (LockedMessage locked : this.inHand.all()) {
			// Harmless where the delivery is settled, or gone with its link.
			locked.delivery().settle(DeliveryState.Released.INSTANCE);
		}
		this.inHand.clear();
		releaseIfDone();
	}

	private void releaseIfDone() {
		if (this.closed && this.settlements.underWay() == 0) {
			this.keeper.release();
			this.end.complete(null);
		}
	}

	void opened(ReceiverLife life) {
		this.keeper.opened(life);
	}

	void ended(ReceiverLife life, AmqpLink.LinkEnd end) {
		this.keeper.ended(life, end);
		this.settlements.linkLost(life);
	}

	@Override
	public ReceiverLife attach(AmqpSession session) {
		String linkName = entityPath() + "-" + core().clientId() + "-r" + this.lives++;
		return new ReceiverLife(this, session, linkName);
	}

	@Override
	public void up(ReceiverLife life) {
		this.failureReported = false;
		this.context.terms().attached(life);
		this.listener.onReady();
		grantCredit();
	}

	@Override
	public boolean down(@Nullable ReceiverLife life, LinkFailure failure) {
		this.window.linkLost();
		boolean again = this.context.terms().lost(failure);
		if (life != null && this.context.isPeekLock() && !this.context.terms().locksOutliveLink()) {
			loseLocks(failure.exception());
		}
		report(failure);
		this.drain.end();
		return again && !this.closed && !this.stopped;
	}

	private void loseLocks(ServiceBusException cause) {
		ErrorContext where = ErrorContext.of("receive", entityPath())
			.withDescription("the link of the session was lost, and with it the lock of the message");
		for (LockedMessage locked : this.inHand.all()) {
			lockLost(locked, new MessageLockLostException(where, cause));
		}
	}

	private void report(LinkFailure failure) {
		this.failures++;
		boolean worthTelling = !failure.isTransient() || this.failures > 1;
		if (worthTelling && !this.failureReported) {
			this.failureReported = true;
			this.listener.onFailure(failure.exception());
		}
	}

	private ClientCore core() {
		return this.context.core();
	}

}
