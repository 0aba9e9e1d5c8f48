package dev.servicebus.listener.container;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.retry.RetrySchedule;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageLock;
import dev.servicebus.listener.SessionContext;
import dev.servicebus.listener.Settlement;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * One message in the hands of a container, from its arrival to its settlement. Every
 * change of its phase is atomic, so that of a return, a lost lock and a shutdown that
 * meet exactly one decides.
 */
final class Delivery implements ListenerContext, DeliverySettler {

	private static final AtomicReferenceFieldUpdater<Delivery, Phase> PHASE = AtomicReferenceFieldUpdater
		.newUpdater(Delivery.class, Phase.class, "phase");

	private static final AtomicReferenceFieldUpdater<Delivery, @Nullable DeliveryLock> LOCK = AtomicReferenceFieldUpdater
		.newUpdater(Delivery.class, DeliveryLock.class, "lock");

	private static final AtomicReferenceFieldUpdater<Delivery, Call> CALL = AtomicReferenceFieldUpdater
		.newUpdater(Delivery.class, Call.class, "call");

	private volatile Phase phase = Phase.QUEUED;

	private volatile Call call = Call.NONE;

	private final ServiceBusReceivedMessage message;

	private final Lane lane;

	private final Settler settler;

	private final long arrived;

	private volatile RetryHistory history = RetryHistory.NONE;

	/** How often the listener was called here. */
	private volatile int calls;

	private volatile @Nullable CompletionStage<?> result;

	private volatile @Nullable DeliverySession session;

	private volatile @Nullable Enlistment enlistment;

	private volatile @Nullable DeliveryLock lock;

	private volatile @Nullable Thread handler;

	/** Written before the listener is called. */
	private @Nullable Observation observation;

	/** Used by one thread at a time: the one that handles the message. */
	private RetrySchedule.@Nullable Attempts attempts;

	/**
	 * Makes a delivery.
	 * @param arrived when the message came, on the clock of the scheduler
	 */
	Delivery(ServiceBusReceivedMessage message, Lane lane, Settler settler, long arrived) {
		this.message = message;
		this.lane = lane;
		this.settler = settler;
		this.arrived = arrived;
	}

	long arrived() {
		return this.arrived;
	}

	ServiceBusReceivedMessage message() {
		return this.message;
	}

	Lane lane() {
		return this.lane;
	}

	Phase phase() {
		return this.phase;
	}

	void observedBy(Observation newObservation) {
		this.observation = newObservation;
	}

	/**
	 * What observes, or has observed, the listener; {@code null} for nothing.
	 */
	@Nullable Observation observation() {
		return this.observation;
	}

	/**
	 * The listener is about to be called.
	 * @return {@code false} if that must not happen any more
	 */
	boolean begin() {
		this.call = Call.UNDER_WAY;
		if (!PHASE.compareAndSet(this, Phase.QUEUED, Phase.RUNNING)) {
			return false;
		}
		if (this.calls == 0) {
			remember();
		}
		this.calls++;
		this.result = null;
		discardState();
		this.lock = null;
		return true;
	}

	/**
	 * The message is lost.
	 * @return whether its listener is still busy with it, which is told once
	 */
	boolean outlived() {
		return CALL.compareAndSet(this, Call.UNDER_WAY, Call.OUTLIVES_ITS_MESSAGE);
	}

	/**
	 * The listener is done with the message, for now or for good.
	 * @return whether it was {@linkplain #outlived() outlived}
	 */
	boolean endCall() {
		return CALL.getAndSet(this, Call.NONE) == Call.OUTLIVES_ITS_MESSAGE;
	}

	/**
	 * Learns from the message what has become of it before, not earlier than its handling
	 * begins, because that costs time.
	 */
	private void remember() {
		this.history = RetryHistory.of(this.message);
		String originalId = this.history.messageId();
		if (originalId != null) {
			this.message.identifiedAs(originalId);
		}
	}

	/**
	 * The listener has failed and is to be called again later.
	 */
	boolean awaitRetry() {
		return PHASE.compareAndSet(this, Phase.RUNNING, Phase.WAITING);
	}

	/**
	 * The listener has not begun with the message after all, so the attempt does not
	 * count.
	 */
	boolean putBack() {
		this.calls--;
		return PHASE.compareAndSet(this, Phase.RUNNING, Phase.QUEUED);
	}

	/**
	 * The wait is over.
	 */
	void handleAgain() {
		if (PHASE.compareAndSet(this, Phase.WAITING, Phase.QUEUED)) {
			this.lane.enter(this);
		}
	}

	/**
	 * The listener has settled, but the state of the session has to be saved first.
	 */
	boolean beginSaving() {
		return PHASE.compareAndSet(this, Phase.RUNNING, Phase.SAVING);
	}

	/**
	 * The state is saved, or cannot be.
	 * @return {@code false} if the delivery has ended in the meantime
	 */
	boolean endSaving(boolean saved) {
		return PHASE.compareAndSet(this, Phase.SAVING, saved ? Phase.SETTLED : Phase.RUNNING);
	}

	/**
	 * A copy is about to be scheduled in place of the message.
	 * @param from {@link Phase#RUNNING}, or {@link Phase#WAITING} where that was tried
	 * before
	 */
	boolean beginScheduling(Phase from) {
		return PHASE.compareAndSet(this, from, Phase.SCHEDULING);
	}

	/**
	 * The copy is scheduled, or could not be.
	 * @return {@code false} if the delivery has ended in the meantime
	 */
	boolean endScheduling(boolean scheduled) {
		return PHASE.compareAndSet(this, Phase.SCHEDULING, scheduled ? Phase.SETTLED : Phase.WAITING);
	}

	/**
	 * Ends the delivery.
	 * @return {@code false} if it has ended before
	 */
	boolean end(Phase last) {
		Phase current = this.phase;
		while (current.isOpen() || (current.isUnfinished() && last != Phase.SETTLED)) {
			if (PHASE.compareAndSet(this, current, last)) {
				tellIfLost();
				return true;
			}
			current = this.phase;
		}
		return false;
	}

	private void tellIfLost() {
		DeliveryLock current = this.lock;
		if (current != null && isLockLost()) {
			current.lost();
		}
	}

	/**
	 * The thread on which the listener is being called, {@code null} if it is not.
	 */
	@Nullable Thread handler() {
		return this.handler;
	}

	void handler(@Nullable Thread newHandler) {
		this.handler = newHandler;
	}

	/**
	 * What the listener has named as the end of its work, {@code null} for its return.
	 */
	@Nullable CompletionStage<?> result() {
		return this.result;
	}

	/**
	 * The message is to be settled in a transaction, until that is left.
	 */
	Enlistment enlist(ServiceBusTransaction transaction) {
		Enlistment made = new Enlistment(this, transaction);
		this.enlistment = made;
		return made;
	}

	void leaveTransaction() {
		this.enlistment = null;
	}

	/**
	 * What becomes of the message within the transaction of its listener, {@code null} if
	 * there is none.
	 */
	@Nullable Enlistment enlistment() {
		return this.enlistment;
	}

	/**
	 * What had become of the message before it came here.
	 */
	RetryHistory history() {
		return this.history;
	}

	/**
	 * What is left of the attempts that the schedule allows this message.
	 */
	RetrySchedule.Attempts attempts(RetrySchedule schedule) {
		RetrySchedule.Attempts current = this.attempts;
		if (current == null) {
			current = this.history.goOn(schedule);
			this.attempts = current;
		}
		return current;
	}

	@Override
	public String listenerId() {
		return this.settler.listenerId();
	}

	@Override
	public int attempt() {
		return this.history.attempts() + this.calls;
	}

	@Override
	public Settlement settlement() {
		return new DeliverySettlement(this, this.settler);
	}

	@Override
	public boolean isLockLost() {
		Phase current = phase();
		return current == Phase.LOCK_LOST || current == Phase.GIVEN_BACK;
	}

	@Override
	public @Nullable MessageLock lock() {
		if (this.message.lockToken() == null) {
			return null;
		}
		LOCK.compareAndSet(this, null, new DeliveryLock(this, this.settler));
		return this.lock;
	}

	@Override
	public @Nullable SessionContext session() {
		DeliverySession current = this.session;
		if (current == null) {
			current = this.lane.session(this);
			this.session = current;
		}
		return current;
	}

	/**
	 * Lets the message have one view of its session with others.
	 */
	void session(@Nullable DeliverySession shared) {
		this.session = shared;
	}

	/**
	 * The session if it has a state to be saved, {@code null} otherwise.
	 */
	@Nullable DeliverySession unsavedSession() {
		DeliverySession current = this.session;
		return (current != null && current.isChanged()) ? current : null;
	}

	/**
	 * Forgets what the listener wanted to store with the session.
	 */
	void discardState() {
		this.session = null;
	}

	@Override
	public void settleAfter(CompletionStage<?> newResult) {
		this.result = newResult;
	}

	private enum Call {

		NONE, UNDER_WAY, OUTLIVES_ITS_MESSAGE

	}

}
