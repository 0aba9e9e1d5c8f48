package dev.servicebus.emulator.delivery;

import dev.servicebus.emulator.session.Session;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import dev.servicebus.emulator.time.BrokerTimer;
import org.jspecify.annotations.Nullable;

/**
 * One holding of a session, from its acceptance to its end. The timer stays where it was
 * when the lock is renewed: it then finds that it is early and sets itself again.
 */
final class HeldSession implements AcceptedSession, ConsumerRegistration {

	private final SessionDelivery delivery;

	private final Session session;

	private long lockedUntil;

	private @Nullable BrokerTimer timer;

	private @Nullable Consumer consumer;

	/** What becomes of unsettled messages; {@code null} before the holding is over. */
	private java.util.function.@Nullable Consumer<BrokerMessage> takeBack;

	HeldSession(SessionDelivery delivery, Session session) {
		this.delivery = delivery;
		this.session = session;
	}

	Session session() {
		return this.session;
	}

	boolean isHolding(long now) {
		return !isOver() && this.lockedUntil > now;
	}

	boolean wantsMessage(long now) {
		return isHolding(now) && this.consumer != null && this.consumer.demand() > 0;
	}

	/**
	 * Hands a message to the consumer that wants one.
	 */
	void deliver(BrokerMessage message, Handover handover) {
		if (this.consumer != null) {
			handover.take(message, this.consumer.receiveMode(), this.lockedUntil);
			this.consumer.deliver(message);
		}
	}

	/**
	 * Lets the lock end at another time.
	 */
	void lockUntil(long until) {
		this.lockedUntil = until;
		if (this.timer != null && this.timer.deadline() > until) {
			this.timer.cancel();
			this.timer = null;
		}
		if (this.timer == null) {
			this.timer = this.delivery.timers().schedule(until, this::expireIfDue);
		}
	}

	/**
	 * Marks the holding as over.
	 * @param newTakeBack what becomes of the messages that were not settled
	 * @return whether it was not over before
	 */
	boolean end(java.util.function.Consumer<BrokerMessage> newTakeBack) {
		if (this.takeBack != null) {
			return false;
		}
		this.takeBack = newTakeBack;
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
		return true;
	}

	boolean isOver() {
		return this.takeBack != null;
	}

	/**
	 * Takes back a message that was not settled, if the holding is over.
	 */
	void takeBackIfOver(BrokerMessage message) {
		if (this.takeBack != null && message.isLocked()) {
			this.takeBack.accept(message);
		}
	}

	void tell(BrokerException reason) {
		if (this.consumer != null) {
			this.consumer.ended(reason);
		}
	}

	@Override
	public String sessionId() {
		return this.session.id();
	}

	@Override
	public long lockedUntil() {
		return this.lockedUntil;
	}

	@Override
	public ConsumerRegistration register(Consumer newConsumer) {
		if (this.consumer != null) {
			throw new IllegalStateException("the session '" + sessionId() + "' has a consumer already");
		}
		if (isOver()) {
			throw lockLost(sessionId());
		}
		this.consumer = newConsumer;
		return this;
	}

	@Override
	public void demandChanged() {
		if (!isOver()) {
			this.delivery.demandChanged(this);
		}
	}

	@Override
	public void close() {
		this.delivery.close(this);
	}

	@Override
	public void cancel() {
		close();
	}

	static BrokerException lockLost(String sessionId) {
		return new BrokerException(BrokerError.SESSION_LOCK_LOST, "The lock on the session '" + sessionId
				+ "' is lost: it has expired, or was never taken. Accept the session again.");
	}

	private void expireIfDue() {
		this.timer = null;
		if (!isHolding(this.delivery.timers().now())) {
			this.delivery.expire(this);
		}
		else {
			lockUntil(this.lockedUntil);
		}
	}

}
