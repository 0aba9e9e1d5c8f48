package dev.servicebus.listener.container;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the stays of a session apart: one begins after the one before is over, even if
 * the broker grants the session again while a listener is still busy with it. Only the
 * last one that waits is remembered, since the broker has taken back the others.
 * Thread-safe.
 */
final class SessionTurns {

	private final Map<String, Turn> turns = new ConcurrentHashMap<>();

	/**
	 * A stay would like to begin.
	 * @return {@code false} if it has to wait
	 */
	boolean begin(SessionLane lane) {
		Turn turn = this.turns.compute(lane.sessionId(),
				(id, before) -> (before != null) ? before.followedBy(lane) : new Turn(lane, null, null));
		return turn.current == lane;
	}

	/**
	 * A stay is over, whether or not it has begun.
	 * @return the one that may begin now, {@code null} if there is none
	 */
	@Nullable SessionLane end(SessionLane lane) {
		Turn left = this.turns.computeIfPresent(lane.sessionId(), (id, turn) -> turn.without(lane));
		return (left != null && left.endOf == lane) ? left.current : null;
	}

	/**
	 * Whose turn it is.
	 *
	 * @param current the stay that has begun
	 * @param next the one that waits
	 * @param endOf the one whose end has let the current one begin
	 */
	private record Turn(SessionLane current, @Nullable SessionLane next, @Nullable SessionLane endOf) {

		Turn followedBy(SessionLane lane) {
			return new Turn(this.current, lane, null);
		}

		@Nullable Turn without(SessionLane lane) {
			if (this.current == lane) {
				return (this.next != null) ? new Turn(this.next, null, lane) : null;
			}
			return (this.next == lane) ? new Turn(this.current, null, null) : this;
		}

	}

}
