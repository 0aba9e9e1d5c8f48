package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.flow.CreditWindow;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageAlreadySettledException;
import dev.servicebus.client.MessageErrorException;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
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

	/** A broker answers a drain at once; one that does not has lost the link. */
	private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(5);

	private final ClientCore core;

	private final ReceiverOptions options;

	private final MessageSource.Listener listener;

	private final ManagementNode management;

	private final CreditWindow window;

	private final Deadlines deadlines;

	private final LinkKeeper<ReceiverLife> keeper;

	private final LockRenewals renewals;

	private final Map<ServiceBusReceivedMessage, LockedMessage> inHand = new IdentityHashMap<>();

	/** Tells a settlement that comes too late from one that comes twice. */
	private final Set<ServiceBusReceivedMessage> lost = Collections.newSetFromMap(new WeakHashMap<>());

	private final List<Runnable> whenDrained = new ArrayList<>();

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private EventLoop.@Nullable Timer drainTimer;

	private int settling;

	private int failures;

	private boolean failureReported;

	private boolean stopped;

	private boolean closing;

	private boolean closed;

	private int lives;

	AmqpMessageSource(ClientCore core, ReceiverOptions options, ManagementNode management,
			MessageSource.Listener listener) {
		this.core = core;
		this.options = options;
		this.listener = listener;
		this.management = management;
		this.window = new CreditWindow(options.prefetch());
		this.deadlines = new Deadlines(core.owner().loop());
		this.keeper = new LinkKeeper<>(core.owner(), this, core.operationTimeout());
		this.renewals = new LockRenewals(core.owner().loop(), management, options.maxLockRenewal(), this::lockLost);
	}

	ClientCore core() {
		return this.core;
	}

	ReceiverOptions options() {
		return this.options;
	}

	ManagementNode management() {
		return this.management;
	}

	@Override
	public String entityPath() {
		return this.options.path();
	}

	@Override
	public void demand(int messages) {
		this.core.execute(() -> setDemand(messages));
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
		return this.core.completions()
			.async((completion) -> this.core.execute(() -> settle(message, disposition, completion)));
	}

	/**
	 * Settles, on the loop.
	 */
	void settle(ServiceBusReceivedMessage message, Disposition disposition, Completion<@Nullable Void> completion) {
		LockedMessage locked = this.inHand.remove(message);
		if (locked == null) {
			ErrorContext where = ErrorContext.of(Outcomes.verb(disposition), entityPath());
			completion.failure(this.lost.remove(message)
					? new MessageLockLostException(where.withDescription("the lock was lost before"))
					: new MessageAlreadySettledException(where));
			return;
		}
		this.renewals.remove(locked);
		freeSlot(locked);
		if (this.options.receiveMode() == ReceiveMode.RECEIVE_AND_DELETE) {
			Completion.done(completion);
		}
		else {
			startSettling(new SettleOperation(this, locked, disposition, completion), locked.life());
		}
	}

	private void startSettling(SettleOperation operation, ReceiverLife life) {
		this.settling++;
		if (life.isOpen()) {
			this.deadlines.add(this.core.operationTimeout(), operation);
			operation.proposeOnLink();
		}
		else {
			operation.settleByToken();
		}
	}

	/**
	 * A settlement has ended.
	 */
	void settled() {
		this.settling--;
		this.keeper.usefulWork();
		releaseIfDone();
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewLock(ServiceBusReceivedMessage message) {
		return this.core.completions().async((completion) -> this.core.execute(() -> renewLock(message, completion)));
	}

	void renewLock(ServiceBusReceivedMessage message, Completion<OffsetDateTime> completion) {
		UUID lockToken = message.lockToken();
		if (lockToken == null) {
			completion.failure(new MessageErrorException(
					ErrorContext.of("renew-lock", entityPath()).withDescription("the message has no lock")));
			return;
		}
		this.management.call(new RenewLocks(List.of(lockToken)), new Completion<>() {
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
		LockedMessage locked = this.inHand.get(message);
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
		if (life != null && this.whenDrained.isEmpty()) {
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
		if (this.stopped && this.options.receiveMode() == ReceiveMode.PEEK_LOCK) {
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
		this.inHand.put(message, locked);
		this.renewals.add(locked);
		this.listener.onMessage(message);
	}

	private @Nullable UUID lockToken(IncomingDelivery delivery) {
		return (this.options.receiveMode() == ReceiveMode.PEEK_LOCK) ? LockToken.ofDeliveryTag(delivery.tag()) : null;
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
	private void lockLost(LockedMessage locked, MessageLockLostException failure) {
		this.inHand.remove(locked.message());
		this.lost.add(locked.message());
		freeSlot(locked);
		this.listener.onLockLost(locked.message(), failure);
	}

	@Override
	public CompletableFuture<Void> stop() {
		return this.core.completions().async((completion) -> this.core.execute(() -> {
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
			this.core.owner().loop().execute(then);
			return;
		}
		this.whenDrained.add(then);
		if (this.whenDrained.size() == 1) {
			this.drainTimer = this.core.owner().loop().schedule(DRAIN_TIMEOUT, () -> drainTimedOut(life));
			life.drain();
		}
	}

	private void drainTimedOut(ReceiverLife life) {
		this.drainTimer = null;
		this.keeper.replace(life, new OperationTimeoutException(ErrorContext.of("drain", entityPath())
			.withDescription("the broker has not answered within " + DRAIN_TIMEOUT.toMillis() + " ms")));
	}

	void drained(ReceiverLife life) {
		this.window.linkLost();
		endDrain();
		grantCredit();
	}

	private void endDrain() {
		if (this.drainTimer != null) {
			this.drainTimer.cancel();
			this.drainTimer = null;
		}
		List<Runnable> tasks = List.copyOf(this.whenDrained);
		this.whenDrained.clear();
		tasks.forEach(Runnable::run);
	}

	@Override
	public void close() {
		this.core.execute(this::end);
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
		for (LockedMessage locked : this.inHand.values()) {
			// Harmless where the delivery is settled, or gone with its link.
			locked.delivery().settle(DeliveryState.Released.INSTANCE);
		}
		this.inHand.clear();
		releaseIfDone();
	}

	private void releaseIfDone() {
		if (this.closed && this.settling == 0) {
			this.keeper.release();
			this.end.complete(null);
		}
	}

	void opened(ReceiverLife life) {
		this.keeper.opened(life);
	}

	void ended(ReceiverLife life, AmqpLink.LinkEnd end) {
		this.keeper.ended(life, end);
		for (SettleOperation operation : List.copyOf(life.unanswered())) {
			life.forget(operation);
			operation.answerLost();
		}
	}

	@Override
	public ReceiverLife attach(AmqpSession session) {
		String linkName = entityPath() + "-" + this.core.clientId() + "-r" + this.lives++;
		return new ReceiverLife(this, session, linkName);
	}

	@Override
	public void up(ReceiverLife life) {
		this.failureReported = false;
		this.listener.onReady();
		grantCredit();
	}

	@Override
	public boolean down(@Nullable ReceiverLife life, LinkFailure failure) {
		this.window.linkLost();
		this.failures++;
		boolean worthTelling = !failure.isTransient() || this.failures > 1;
		if (worthTelling && !this.failureReported) {
			this.failureReported = true;
			this.listener.onFailure(failure.exception());
		}
		endDrain();
		return !this.closed && !this.stopped;
	}

}
