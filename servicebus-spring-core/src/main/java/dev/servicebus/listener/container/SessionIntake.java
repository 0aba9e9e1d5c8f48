package dev.servicebus.listener.container;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionMessageSource;
import dev.servicebus.client.SessionSource;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.SessionEnd;
import dev.servicebus.listener.SessionOptions;

/**
 * Sessions, each of which is a lane of its own. A session that comes again while the
 * listener is still busy with a message of its last stay here, because its lock was lost,
 * waits for that.
 */
final class SessionIntake implements Intake, SessionSource.Listener {

	private static final Logger logger = LoggerFactory.getLogger(ServiceBusListenerContainer.class);

	private final Parts parts;

	private final Pipeline pipeline;

	private final Outages outages;

	private final Set<SessionLane> lanes = ConcurrentHashMap.newKeySet();

	private final SessionTurns turns = new SessionTurns();

	private final CompletableFuture<Void> idle = new CompletableFuture<>();

	private final ParkedSessions parked;

	private volatile boolean paused = true;

	private volatile boolean stopped;

	private volatile @Nullable SessionSource source;

	SessionIntake(Parts parts, Pipeline pipeline, Intake.Listener listener) {
		this.parts = parts;
		this.pipeline = pipeline;
		this.outages = new Outages(listener);
		this.parked = new ParkedSessions(parts.services().scheduler());
	}

	@Override
	public void open() {
		SessionOptions sessions = this.parts.definition().options().sessions();
		if (sessions.maxConcurrentCalls() > 1) {
			logger.warn("Listener '{}' handles up to {} messages of a session at once, so their order is lost",
					this.parts.definition().id(), sessions.maxConcurrentCalls());
		}
		MessagingClient client = this.parts.services().client();
		List<String> ids = sessions.ids();
		this.source = ids.isEmpty() ? client.openSessions(this.parts.receiverOptions(), this)
				: client.openSessions(this.parts.receiverOptions(), ids, this);
	}

	@Override
	public void demand(int sessions) {
		boolean nowPaused = sessions == 0;
		if (this.paused != nowPaused) {
			this.paused = nowPaused;
			this.lanes.forEach(SessionLane::demand);
		}
		source().demand(sessions);
	}

	@Override
	public CompletableFuture<Void> stop() {
		this.stopped = true;
		this.lanes.forEach((lane) -> lane.end(SessionEnd.STOPPED));
		return source().stop();
	}

	@Override
	public CompletableFuture<Void> whenIdle() {
		checkIdle();
		return this.idle;
	}

	@Override
	public void close() {
		source().close();
	}

	@Override
	public SessionSource.SessionListener onSession(SessionMessageSource session) {
		SessionLane lane = new SessionLane(session, this, this.pipeline, this.parts);
		this.lanes.add(lane);
		if (this.turns.begin(lane)) {
			lane.open();
		}
		else {
			lane.await();
		}
		if (this.stopped) {
			lane.end(SessionEnd.STOPPED);
		}
		return lane;
	}

	@Override
	public void onFailure(ServiceBusException failure) {
		this.outages.failed(this, failure);
	}

	@Override
	public void onReady() {
		this.outages.ready(this);
	}

	boolean isPaused() {
		return this.paused;
	}

	Outages outages() {
		return this.outages;
	}

	ParkedSessions parked() {
		return this.parked;
	}

	/**
	 * Returns whether other sessions may be waiting for the place of an idle one.
	 */
	boolean rotates() {
		ListenerOptions options = this.parts.definition().options();
		List<String> ids = options.sessions().ids();
		return ids.isEmpty() || ids.size() > options.concurrency().maximum();
	}

	/**
	 * Nothing happens in the lane any more.
	 */
	void over(SessionLane lane) {
		SessionLane next = this.turns.end(lane);
		if (next != null) {
			next.open();
		}
		this.outages.over(lane);
		this.lanes.remove(lane);
		if (this.stopped) {
			checkIdle();
		}
	}

	private void checkIdle() {
		if (this.lanes.isEmpty()) {
			this.idle.complete(null);
		}
	}

	private SessionSource source() {
		SessionSource current = this.source;
		if (current == null) {
			throw new IllegalStateException(
					"the source of listener '" + this.parts.definition().id() + "' is not open");
		}
		return current;
	}

}
