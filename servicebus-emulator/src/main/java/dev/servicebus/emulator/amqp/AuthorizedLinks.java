package dev.servicebus.emulator.amqp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.time.BrokerTimer;
import dev.servicebus.emulator.time.BrokerTimers;
import org.jspecify.annotations.Nullable;

/**
 * Ends links of one connection when the right they were opened with has expired and no
 * new token was shown in time.
 */
final class AuthorizedLinks {

	/** A grant still holds at the very instant of its end. */
	private static final long PAST_THE_END = 1;

	private final List<Entry> entries = new ArrayList<>();

	private final Grants grants;

	private final BrokerTimers timers;

	private @Nullable BrokerTimer timer;

	AuthorizedLinks(Grants grants, BrokerTimers timers) {
		this.grants = grants;
		this.timers = timers;
	}

	/**
	 * Watches a link.
	 * @param link the link
	 * @param right the right it takes
	 * @param path the entity on which it takes it
	 */
	void add(AmqpLink link, Right right, String path) {
		this.entries.removeIf((entry) -> !entry.link().isOpen());
		this.entries.add(new Entry(link, right, path));
		setTimer();
	}

	/**
	 * The connection has ended.
	 */
	void close() {
		this.entries.clear();
		cancelTimer();
	}

	private void setTimer() {
		cancelTimer();
		Instant expiry = this.grants.firstExpiry();
		if (expiry.isBefore(Instant.MAX)) {
			this.timer = this.timers.schedule(expiry.toEpochMilli() + PAST_THE_END, this::check);
		}
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private void check() {
		for (Entry entry : List.copyOf(this.entries)) {
			if (!this.grants.allow(entry.right(), entry.path())) {
				this.entries.remove(entry);
				entry.link()
					.close(Failure.UNAUTHORIZED
						.error("ExpiredToken: The token for '" + entry.path() + "' has expired and was not renewed."));
			}
		}
		if (!this.entries.isEmpty()) {
			setTimer();
		}
	}

	private record Entry(AmqpLink link, Right right, String path) {

	}

}
