package dev.servicebus.listener.container;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.SessionMessageSource;
import dev.servicebus.client.SessionSource;
import dev.servicebus.listener.SessionContext;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * One stay of a session in a container.
 *
 * <ol>
 * <li>No more messages are with the dispatcher than the session may have calls, so the
 * next one begins only after the listener has returned from the last, even if that has
 * been settled before, or lost its lock and comes again.
 * <li>The uses count what keeps the session: a message that is not settled, and a message
 * that has entered and not left. The idle time only runs at 0.
 * <li>A session that has an end takes no more messages, and is given back when its uses
 * are 0, once.
 * </ol>
 */
final class SessionLane implements Lane, SessionSource.SessionListener, SessionContext {

	/** The uses of a session that was given back. */
	private static final int OVER = Integer.MIN_VALUE;

	private final Queue<Delivery> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger uses = new AtomicInteger();

	private final AtomicReference<@Nullable SessionEnd> end = new AtomicReference<>();

	private final CompletableFuture<Void> over = new CompletableFuture<>();

	private final ReentrantLock demandLock = new ReentrantLock();

	private final SessionMessageSource source;

	private final SessionIntake intake;

	private final Pipeline pipeline;

	private final Parts parts;

	private final SessionOptions options;

	private final IdleTimer idleTimer;

	private volatile boolean open;

	SessionLane(SessionMessageSource source, SessionIntake intake, Pipeline pipeline, Parts parts) {
		this.source = source;
		this.intake = intake;
		this.pipeline = pipeline;
		this.parts = parts;
		this.options = parts.definition().options().sessions();
		this.idleTimer = new IdleTimer(parts.services().scheduler(), this.options.idleTimeout(),
				() -> this.uses.get() == 0, () -> end(SessionEnd.IDLE));
	}

	String sessionId() {
		return this.source.session().sessionId();
	}

	/**
	 * The session is here. Its idle time runs from now on.
	 */
	void begin() {
		this.idleTimer.idle();
	}

	/**
	 * Lets the messages come.
	 */
	void open() {
		this.open = true;
		demand();
	}

	/**
	 * Tells the source what is wanted at present.
	 */
	void demand() {
		this.demandLock.lock();
		try {
			boolean wanted = this.open && this.end.get() == null && !this.intake.isPaused();
			this.source.demand(wanted ? this.options.maxConcurrentCalls() : 0);
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
			demand();
			finishIfUnused();
		}
	}

	/**
	 * Completes when the session was given back, or is lost and nobody is busy with it.
	 */
	CompletableFuture<Void> whenOver() {
		return this.over;
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message) {
		if (use()) {
			this.pipeline.arrived(message, this);
		}
	}

	@Override
	public void onLockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
		this.pipeline.lockLost(message, failure);
	}

	@Override
	public void onSessionLost(SessionLockLostException failure) {
		end(SessionEnd.LOST);
	}

	@Override
	public void onFailure(ServiceBusException failure) {
		this.parts.monitor().receiveFailed(this.parts.definition().id(), failure);
	}

	/**
	 * Only a message that has been with the listener before may enter a session that
	 * ends.
	 */
	@Override
	public void enter(Delivery delivery) {
		if (this.end.get() != null && delivery.attempt() == 0 && !isDeletedOnDelivery()) {
			this.parts.settler().giveBack(delivery, Dispositions.RELEASE);
			return;
		}
		this.uses.incrementAndGet();
		this.waiting.add(delivery);
		dispatch();
	}

	@Override
	public void leave(Delivery delivery) {
		this.calls.decrementAndGet();
		dispatch();
		unuse();
	}

	@Override
	public void forget(Delivery delivery) {
		unuse();
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition) {
		return this.source.settle(message, disposition);
	}

	@Override
	public SessionContext session(Delivery delivery) {
		return this;
	}

	@Override
	public ServiceBusSession session() {
		return this.source.session();
	}

	@Override
	public void release() {
		end(SessionEnd.RELEASED);
	}

	private void dispatch() {
		while (!this.waiting.isEmpty()) {
			int current = this.calls.get();
			if (current >= this.options.maxConcurrentCalls()) {
				return;
			}
			if (this.calls.compareAndSet(current, current + 1)) {
				Delivery next = this.waiting.poll();
				if (next != null) {
					this.pipeline.dispatch(next);
				}
				else {
					this.calls.decrementAndGet();
				}
			}
		}
	}

	/**
	 * Returns whether the session may still be used. What comes afterwards is given back
	 * together with it.
	 */
	private boolean use() {
		return this.uses.updateAndGet((current) -> (current == OVER) ? OVER : current + 1) != OVER;
	}

	private void unuse() {
		if (this.uses.decrementAndGet() == 0) {
			this.idleTimer.idle();
			finishIfUnused();
		}
	}

	private void finishIfUnused() {
		SessionEnd reason = this.end.get();
		if (reason != null && this.uses.compareAndSet(0, OVER)) {
			this.idleTimer.stop();
			this.source.close();
			this.intake.over(this);
			this.over.complete(null);
		}
	}

	private boolean isDeletedOnDelivery() {
		return this.parts.definition().options().settlement() == SettlementMode.RECEIVE_AND_DELETE;
	}

}
