package dev.servicebus.listener.container;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionMessageSource;
import dev.servicebus.client.SessionSource;
import dev.servicebus.listener.SessionEnd;

/**
 * Sessions, each of which is a lane of its own. A session that comes again while the
 * listener is still busy with a message of its last stay here, because its lock was lost,
 * waits for that.
 */
final class SessionIntake implements Intake, SessionSource.Listener {

	private final Parts parts;

	private final Pipeline pipeline;

	private final Intake.Listener listener;

	private final Set<SessionLane> lanes = ConcurrentHashMap.newKeySet();

	/** The lane of the last stay of each session, if that is not over. */
	private final Map<String, SessionLane> latest = new ConcurrentHashMap<>();

	private final CompletableFuture<Void> idle = new CompletableFuture<>();

	private volatile boolean paused = true;

	private volatile boolean stopped;

	private volatile @Nullable SessionSource source;

	SessionIntake(Parts parts, Pipeline pipeline, Intake.Listener listener) {
		this.parts = parts;
		this.pipeline = pipeline;
		this.listener = listener;
	}

	@Override
	public void open() {
		this.source = this.parts.services().client().openSessions(this.parts.receiverOptions(), this);
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
		lane.begin();
		SessionLane before = this.latest.put(lane.sessionId(), lane);
		if (before != null) {
			before.whenOver().thenRun(lane::open);
		}
		else {
			lane.open();
		}
		if (this.stopped) {
			lane.end(SessionEnd.STOPPED);
		}
		return lane;
	}

	@Override
	public void onFailure(ServiceBusException failure) {
		this.listener.onFailure(failure);
	}

	@Override
	public void onReady() {
		this.listener.onReady();
	}

	boolean isPaused() {
		return this.paused;
	}

	/**
	 * Nothing happens in the lane any more.
	 */
	void over(SessionLane lane) {
		this.latest.remove(lane.sessionId(), lane);
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
