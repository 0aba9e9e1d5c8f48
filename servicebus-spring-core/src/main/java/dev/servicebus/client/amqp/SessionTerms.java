package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.NoActiveSessionException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionCannotBeLockedException;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.connection.LinkFailure;
import dev.servicebus.client.error.VendorCondition;
import org.jspecify.annotations.Nullable;

/**
 * Reads one session: asks for it until it is granted, and once more, by its id, for as
 * long as the lock holds when the link was lost. Whoever else may have had the session in
 * between would make the broker refuse that, and then the session is lost.
 */
final class SessionTerms implements ReceiverTerms {

	private static final Symbol FILTER = Symbol.of("com.microsoft:session-filter");

	private static final Symbol LOCKED_UNTIL = Symbol.of("com.microsoft:locked-until-utc");

	/** The Unix epoch in units of 100 ns since the year 1. */
	private static final long EPOCH_TICKS = 621_355_968_000_000_000L;

	private static final long TICKS_PER_MILLISECOND = 10_000;

	/** What is left of a wait when the broker says that it is over, give or take. */
	private static final Duration HARDLY_ANY = Duration.ofMillis(100);

	private final ClientCore core;

	private final String path;

	private final SessionRequest request;

	private final SessionLock lock;

	private final Listener listener;

	private final long startedAt;

	private long askedAt;

	private boolean asking;

	private EventLoop.@Nullable Timer rescue;

	/**
	 * Makes the terms of a session that is not asked for yet, on the loop.
	 * @param core what the parts of the client share
	 * @param request which session, and how long to ask
	 * @param lock is told when it is granted and lost
	 * @param listener hears how the asking ends
	 */
	SessionTerms(ClientCore core, SessionRequest request, SessionLock lock, Listener listener) {
		this.core = core;
		this.path = lock.entityPath();
		this.request = request;
		this.lock = lock;
		this.listener = listener;
		this.startedAt = core.owner().loop().nanoTime();
	}

	@Override
	public Terminus.Source source() {
		String sessionId = this.lock.isGranted() ? this.lock.sessionId() : this.request.sessionId();
		Map<Symbol, @Nullable Object> filter = Collections.singletonMap(FILTER, sessionId);
		return new Terminus.Source(this.path, filter);
	}

	@Override
	public Map<Symbol, Object> attaching() {
		this.askedAt = this.core.owner().loop().nanoTime();
		this.asking = true;
		this.listener.asked();
		if (this.lock.isGranted() || this.request.sessionId() != null) {
			return this.core.receiverProperties();
		}
		return this.core.receiverProperties(waitLeft());
	}

	private Duration waitLeft() {
		if (this.request.kind() == SessionRequest.Kind.ENDLESS) {
			return this.request.maxWait();
		}
		Duration left = this.request.maxWait().minus(since(this.startedAt));
		return left.isNegative() ? Duration.ZERO : left;
	}

	private Duration since(long nanos) {
		return Duration.ofNanos(this.core.owner().loop().nanoTime() - nanos);
	}

	@Override
	public Duration attachTimeout() {
		return this.request.limit();
	}

	/**
	 * Returns whether the broker has been asked and has not answered.
	 */
	boolean isAsking() {
		return this.asking;
	}

	@Override
	public void attached(ReceiverLife life) {
		this.asking = false;
		String granted = sessionId(life.peer());
		String wanted = this.lock.isGranted() ? this.lock.sessionId() : this.request.sessionId();
		if (granted == null || (wanted != null && !wanted.equals(granted))) {
			misunderstood();
			return;
		}
		boolean first = !this.lock.isGranted();
		cancelRescue();
		this.lock.granted(granted, lockedUntil(life.peer()), life.linkName());
		if (first) {
			this.listener.accepted();
		}
	}

	private void misunderstood() {
		SessionCannotBeLockedException failure = new SessionCannotBeLockedException(
				where().withDescription("the broker has attached the link without the session"));
		if (this.lock.isGranted()) {
			this.lock.lose(failure);
		}
		else {
			this.listener.refused(failure);
		}
	}

	private static @Nullable String sessionId(Attach answer) {
		Terminus.Source source = answer.source();
		Object value = (source != null) ? source.filters().get(FILTER) : null;
		Object plain = (value instanceof DescribedValue described) ? described.value() : value;
		return (plain instanceof String text) ? text : null;
	}

	/**
	 * A broker that does not say it makes us renew at once.
	 */
	private OffsetDateTime lockedUntil(Attach answer) {
		Instant instant = (answer.properties().get(LOCKED_UNTIL) instanceof Number ticks)
				? Instant.ofEpochMilli((ticks.longValue() - EPOCH_TICKS) / TICKS_PER_MILLISECOND)
				: this.core.clock().instant();
		return instant.atOffset(ZoneOffset.UTC);
	}

	@Override
	public Next lost(LinkFailure failure) {
		Duration asked = this.asking ? since(this.askedAt) : Duration.ZERO;
		this.asking = false;
		return this.lock.isGranted() ? lostAfterGrant(failure) : lostBeforeGrant(failure, asked);
	}

	private Next lostBeforeGrant(LinkFailure failure, Duration asked) {
		ServiceBusException exception = failure.exception();
		if (this.request.sessionId() == null && isTimeout(exception)) {
			if (this.request.kind() == SessionRequest.Kind.NEXT && waitLeft().compareTo(HARDLY_ANY) < 0) {
				this.listener.refused(new NoActiveSessionException(exception.context(), exception));
				return Next.STOP;
			}
			return (asked.compareTo(HARDLY_ANY) > 0) ? Next.AT_ONCE : Next.AGAIN;
		}
		if (isHopeless(failure)) {
			this.listener.refused(exception);
			return Next.STOP;
		}
		return Next.AGAIN;
	}

	private boolean isHopeless(LinkFailure failure) {
		boolean taken = failure.exception() instanceof SessionCannotBeLockedException;
		return switch (this.request.kind()) {
			case NAMED -> taken || !failure.isTransient();
			case PINNED -> taken;
			case NEXT -> !failure.isTransient();
			case ENDLESS -> false;
		};
	}

	private Next lostAfterGrant(LinkFailure failure) {
		this.lock.linkLost();
		Duration left = this.core.renewals().brokerTime().remaining(this.lock.lockedUntil());
		boolean ours = failure.isTransient() && !(failure.exception() instanceof SessionLockLostException)
				&& !(failure.exception() instanceof SessionCannotBeLockedException);
		if (!ours || left.isZero()) {
			cancelRescue();
			this.lock.lose(failure.exception());
			return Next.STOP;
		}
		if (this.rescue == null) {
			this.rescue = this.core.owner().loop().schedule(left, () -> this.lock.lose(failure.exception()));
		}
		return Next.AGAIN;
	}

	@Override
	public void closed() {
		cancelRescue();
		this.lock.released();
	}

	private void cancelRescue() {
		if (this.rescue != null) {
			this.rescue.cancel();
			this.rescue = null;
		}
	}

	private static boolean isTimeout(ServiceBusException failure) {
		return VendorCondition.TIMEOUT.toString().equals(failure.condition());
	}

	@Override
	public void used() {
		this.lock.used();
	}

	@Override
	public boolean locksMessages() {
		return false;
	}

	private ErrorContext where() {
		return ErrorContext.of("accept-session", this.path);
	}

	/**
	 * Hears how the asking for a session goes. Called on the loop.
	 */
	interface Listener {

		/**
		 * The broker is being asked.
		 */
		default void asked() {
		}

		/**
		 * The session is ours.
		 */
		void accepted();

		/**
		 * There will be no session.
		 */
		void refused(ServiceBusException failure);

	}

}
