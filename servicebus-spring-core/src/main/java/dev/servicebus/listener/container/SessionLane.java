package dev.servicebus.listener.container;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.SessionMessageSource;
import dev.servicebus.client.SessionSource;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * One stay of a session in a container.
 *
 * <ol>
 * <li>No more messages, or batches, are with the dispatcher than the session may have
 * calls, so the next one begins only after the listener has returned from the last, even
 * if that has been settled before, or lost its lock and comes again.
 * <li>The uses count what keeps the session: a message that is not settled, and a message
 * that has entered and not left. The idle time only runs at 0.
 * <li>A session that has an end takes no more messages, and is given back when its uses
 * are 0, once.
 * <li>When a message of a batch goes back to the broker, so do those behind it, and the
 * session with them: otherwise they would pass it.
 * </ol>
 */
final class SessionLane implements Lane, SessionSource.SessionListener {

	private final Uses uses = new Uses();

	/** How many messages wait for their next attempt. */
	private final AtomicInteger resting = new AtomicInteger();

	private final AtomicReference<@Nullable SessionEnd> end = new AtomicReference<>();

	private final ReentrantLock demandLock = new ReentrantLock();

	private final SessionMessageSource source;

	private final SessionIntake intake;

	private final Pipeline pipeline;

	private final Parts parts;

	private final SessionOptions options;

	private final SessionEntrance entrance;

	private final StoredState state;

	private final SessionCallbacks callbacks;

	private final IdleTimer idleTimer;

	private volatile boolean opened;

	private volatile boolean open;

	SessionLane(SessionMessageSource source, SessionIntake intake, Pipeline pipeline, Parts parts) {
		this.source = source;
		this.intake = intake;
		this.pipeline = pipeline;
		this.parts = parts;
		this.options = parts.definition().options().sessions();
		this.entrance = new SessionEntrance(pipeline.newGate(), parts);
		this.state = new StoredState(source.session());
		this.callbacks = new SessionCallbacks(parts);
		this.idleTimer = new IdleTimer(parts.services().scheduler(), this.options.idleTimeout(), this.uses::isEmpty,
				() -> end(SessionEnd.IDLE));
	}

	String sessionId() {
		return this.source.session().sessionId();
	}

	/**
	 * The session has to wait until the listener is done with its last stay, but no
	 * longer than it may be idle: then somebody else shall have it.
	 */
	void await() {
		this.idleTimer.idle();
	}

	/**
	 * Lets the messages come, after a rest if the session needs one.
	 */
	void open() {
		Duration rest = this.intake.parked().rest(sessionId());
		if (rest.compareTo(Duration.ZERO) > 0) {
			this.parts.demand().lend();
			this.parts.services().scheduler().schedule(rest, () -> {
				this.parts.demand().takeBack();
				openNow();
			});
		}
		else {
			openNow();
		}
	}

	private void openNow() {
		if (this.end.get() == null && this.uses.begin()) {
			this.opened = true;
			this.callbacks.opened(session(), () -> {
				this.open = true;
				demand();
				unuse();
			});
		}
	}

	/**
	 * Tells the source what is wanted at present.
	 */
	void demand() {
		this.demandLock.lock();
		try {
			boolean ending = this.end.get() != null;
			boolean wanted = ending ? isDeletedOnDelivery() : !this.intake.isPaused();
			int messages = this.options.maxConcurrentCalls() * this.parts.definition().messagesPerCall();
			this.source.demand((this.open && wanted) ? messages : 0);
		}
		finally {
			this.demandLock.unlock();
		}
	}

	/**
	 * Gives the session back as soon as nothing uses it any more. The first reason
	 * counts.
	 */
	void end(SessionEnd reason) {
		if (this.end.compareAndSet(null, reason)) {
			if (isDeletedOnDelivery()) {
				takeWhatIsOnItsWay();
			}
			demand();
			turnAway();
			finishIfUnused();
		}
	}

	/**
	 * Messages that are deleted already cannot be given back.
	 */
	private void takeWhatIsOnItsWay() {
		if (this.uses.begin()) {
			this.source.stop().whenComplete((stopped, failure) -> unuse());
		}
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message) {
		if (this.uses.begin()) {
			this.pipeline.arrived(message, this);
		}
	}

	@Override
	public void onLockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
		this.pipeline.lockLost(message, failure);
	}

	@Override
	public void onLockExpiring(ServiceBusReceivedMessage message) {
		this.pipeline.lockExpiring(message);
	}

	@Override
	public void onSessionLost(SessionLockLostException failure) {
		end(SessionEnd.LOST);
	}

	@Override
	public void onFailure(ServiceBusException failure) {
		this.intake.outages().failed(this, failure);
	}

	@Override
	public void onReady() {
		this.intake.outages().over(this);
	}

	@Override
	public void enter(Delivery delivery) {
		this.uses.beginAnother();
		if (!this.entrance.enter(delivery, this.end.get() != null)) {
			unuse();
		}
	}

	@Override
	public void leave(Delivery delivery) {
		this.entrance.leave(delivery);
		unuse();
	}

	@Override
	public void forget(Delivery delivery) {
		this.entrance.forget(delivery);
		unuse();
	}

	@Override
	public void returned() {
		if (this.entrance.returned()) {
			end(SessionEnd.RELEASED);
			turnAway();
		}
	}

	private void turnAway() {
		for (int left = this.entrance.turnAway(); left > 0; left--) {
			unuse();
		}
	}

	@Override
	public void lend() {
		if (this.resting.getAndIncrement() == 0) {
			this.parts.demand().lend();
		}
	}

	@Override
	public void takeBack() {
		if (this.resting.decrementAndGet() == 0) {
			this.parts.demand().takeBack();
		}
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition,
			ServiceBusTransaction transaction) {
		return this.source.settle(message, disposition, transaction);
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition) {
		return this.source.settle(message, disposition);
	}

	@Override
	public OffsetDateTime lockedUntil(ServiceBusReceivedMessage message) {
		return session().lockedUntil();
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewLock(ServiceBusReceivedMessage message) {
		return session().renewLockAsync();
	}

	@Override
	public DeliverySession session(Delivery delivery) {
		return new DeliverySession(this);
	}

	ServiceBusSession session() {
		return this.source.session();
	}

	StoredState state() {
		return this.state;
	}

	void release() {
		end(SessionEnd.RELEASED);
	}

	@Override
	public void park(Duration delay) {
		this.intake.parked().park(sessionId(), delay);
		end(SessionEnd.PARKED);
	}

	private void unuse() {
		if (this.uses.end()) {
			if (this.intake.rotates()) {
				this.idleTimer.idle();
			}
			finishIfUnused();
		}
	}

	private void finishIfUnused() {
		SessionEnd reason = this.end.get();
		if (reason != null && this.uses.close()) {
			this.idleTimer.stop();
			if (this.opened) {
				this.callbacks.closing(session(), reason, this::close);
			}
			else {
				close();
			}
		}
	}

	private void close() {
		this.source.close();
		this.intake.over(this);
	}

	private boolean isDeletedOnDelivery() {
		return this.parts.definition().options().settlement() == SettlementMode.RECEIVE_AND_DELETE;
	}

}
