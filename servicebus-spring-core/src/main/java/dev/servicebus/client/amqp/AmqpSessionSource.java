package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionCannotBeLockedException;
import dev.servicebus.client.SessionMessageSource;
import dev.servicebus.client.SessionSource;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of one entity. There are as many slots as are asked for, each with a link of
 * its own: at most one session, or one question for a session.
 */
final class AmqpSessionSource implements SessionSource {

	/** A broker refuses at once what it refuses; a question that stays open was taken. */
	private static final Duration TAKEN_AFTER = Duration.ofSeconds(1);

	/** Keeps a broker that answers nonsense from being asked without pause. */
	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	private final SessionLink.Context context;

	private final SessionRequests requests;

	private final SessionSource.Listener listener;

	private final Set<SessionSlot> waiting = new LinkedHashSet<>();

	private final Set<SessionSlot> held = new LinkedHashSet<>();

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private EventLoop.@Nullable Timer readyTimer;

	private int demand;

	private boolean ready;

	private boolean failureReported;

	private boolean closed;

	/**
	 * Makes a source that asks for nothing yet.
	 * @param context what its slots have in common
	 * @param requests what to ask for
	 * @param listener hears of the sessions
	 */
	AmqpSessionSource(SessionLink.Context context, SessionRequests requests, SessionSource.Listener listener) {
		this.context = context;
		this.requests = requests;
		this.listener = listener;
	}

	@Override
	public String entityPath() {
		return this.context.options().path();
	}

	@Override
	public void demand(int sessions) {
		if (sessions < 0) {
			throw new IllegalArgumentException("demand must not be negative but is " + sessions);
		}
		this.context.core().execute(() -> {
			if (!this.closed) {
				this.demand = sessions;
				adjust();
			}
		});
	}

	@Override
	public CompletableFuture<Void> stop() {
		return this.context.core()
			.completions()
			.async(ErrorContext.of("stop", this.context.options().path()),
					(completion) -> this.context.core().execute(() -> whenStopped(completion)));
	}

	private void whenStopped(Completion<@Nullable Void> completion) {
		List<CompletableFuture<Void>> ends = new ArrayList<>();
		this.closed = true;
		this.demand = 0;
		List.copyOf(this.waiting).forEach((slot) -> ends.add(slot.release()));
		CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).thenRun(() -> Completion.done(completion));
	}

	@Override
	public void close() {
		this.context.core().executeUnlessEnded(this::end);
	}

	/**
	 * Completes on the loop when this source has ended.
	 */
	CompletableFuture<Void> whenEnded() {
		return this.end;
	}

	/**
	 * Takes no more sessions and gives back those that are held, on the loop.
	 */
	CompletableFuture<Void> end() {
		this.closed = true;
		this.demand = 0;
		List<CompletableFuture<Void>> ends = new ArrayList<>();
		List.copyOf(this.waiting).forEach((slot) -> ends.add(slot.release()));
		List.copyOf(this.held).forEach((slot) -> ends.add(slot.release()));
		cancelReadyTimer();
		CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).thenRun(() -> this.end.complete(null));
		return this.end;
	}

	/**
	 * Asks for as many sessions as there is room for, and for no more.
	 */
	private void adjust() {
		while (this.waiting.size() + this.held.size() < this.demand) {
			SessionRequest request = this.requests.next();
			if (request == null) {
				return;
			}
			SessionSlot slot = new SessionSlot(this, this.context.withRequest(request));
			this.waiting.add(slot);
			slot.start();
		}
		int surplus = this.waiting.size() + this.held.size() - this.demand;
		List.copyOf(this.waiting).stream().limit(Math.max(0, surplus)).forEach((slot) -> {
			this.waiting.remove(slot);
			slot.release();
		});
	}

	/**
	 * The broker is being asked for a session.
	 */
	void asked() {
		if (!this.ready && this.readyTimer == null) {
			this.readyTimer = this.context.core().owner().loop().schedule(TAKEN_AFTER, this::readyIfTaken);
		}
	}

	private void readyIfTaken() {
		this.readyTimer = null;
		if (this.waiting.stream().anyMatch((slot) -> slot.link().isAsking())) {
			ready();
		}
	}

	private void ready() {
		cancelReadyTimer();
		this.failureReported = false;
		if (!this.ready) {
			this.ready = true;
			this.listener.onReady();
		}
	}

	private void cancelReadyTimer() {
		if (this.readyTimer != null) {
			this.readyTimer.cancel();
			this.readyTimer = null;
		}
	}

	SessionListener accepted(SessionSlot slot, SessionMessageSource session) {
		this.waiting.remove(slot);
		this.held.add(slot);
		ready();
		return this.listener.onSession(session);
	}

	/**
	 * A slot gets no session. That somebody else has the one that it has asked for is no
	 * failure.
	 */
	void refused(ServiceBusException failure) {
		if (failure instanceof SessionCannotBeLockedException) {
			ready();
		}
		else {
			failed(failure);
		}
	}

	void failed(ServiceBusException failure) {
		this.ready = false;
		cancelReadyTimer();
		if (!this.failureReported) {
			this.failureReported = true;
			this.listener.onFailure(failure);
		}
	}

	/**
	 * A slot has ended: another one takes its place.
	 */
	void ended(SessionSlot slot) {
		this.requests.ended(slot.request());
		boolean wasHeld = this.held.remove(slot);
		boolean wasWaiting = this.waiting.remove(slot);
		if (wasHeld) {
			adjust();
		}
		else if (wasWaiting) {
			this.context.core().owner().loop().schedule(PAUSE_AFTER_FAILURE, this::adjust);
		}
		else {
			adjust();
		}
	}

}
