package dev.servicebus.emulator.store;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The locks of one log, by token and in the order in which they expire. All locks of an
 * entity last equally long, so a new or renewed one belongs at the end; only after a
 * change of the lock duration does it have to look for its place. Claimed messages do not
 * take part in the order, since their locks do not expire.
 */
final class LockTable {

	private final Map<UUID, BrokerMessage> byToken = new HashMap<>();

	private @Nullable BrokerMessage first;

	private @Nullable BrokerMessage last;

	int size() {
		return this.byToken.size();
	}

	@Nullable BrokerMessage find(UUID token) {
		return this.byToken.get(token);
	}

	@Nullable BrokerMessage firstToExpire() {
		return this.first;
	}

	void add(BrokerMessage message, UUID token, long until) {
		message.setLock(token, until);
		this.byToken.put(token, message);
		link(message);
	}

	void renew(BrokerMessage message, long until) {
		if (message.isClaimed()) {
			message.setLock(message.lockToken(), until);
			return;
		}
		unlink(message);
		message.setLock(message.lockToken(), until);
		link(message);
	}

	void claim(BrokerMessage message) {
		unlink(message);
		message.setClaimed(true);
	}

	void unclaim(BrokerMessage message) {
		message.setClaimed(false);
		link(message);
	}

	void remove(BrokerMessage message) {
		this.byToken.remove(message.lockToken());
		if (message.isClaimed()) {
			message.setClaimed(false);
		}
		else {
			unlink(message);
		}
		message.setLock(null, 0);
	}

	private void link(BrokerMessage message) {
		BrokerMessage earlier = this.last;
		while (earlier != null && earlier.lockedUntil() > message.lockedUntil()) {
			earlier = earlier.earlierLock;
		}
		BrokerMessage later = (earlier != null) ? earlier.laterLock : this.first;
		connect(earlier, message);
		connect(message, later);
	}

	private void unlink(BrokerMessage message) {
		connect(message.earlierLock, message.laterLock);
		message.earlierLock = null;
		message.laterLock = null;
	}

	private void connect(@Nullable BrokerMessage earlier, @Nullable BrokerMessage later) {
		if (earlier != null) {
			earlier.laterLock = later;
		}
		else {
			this.first = later;
		}
		if (later != null) {
			later.earlierLock = earlier;
		}
		else {
			this.last = earlier;
		}
	}

}
