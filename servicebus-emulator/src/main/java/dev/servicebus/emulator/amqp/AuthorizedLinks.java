package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.transport.EventLoop;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.auth.Right;
import org.jspecify.annotations.Nullable;

/**
 * Ends links of one connection when the right they were opened with has expired and no
 * new token was shown in time.
 */
final class AuthorizedLinks {

	/** A grant still holds at the very instant of its end. */
	private static final Duration PAST_THE_END = Duration.ofSeconds(1);

	private static final Duration LONGEST_SLEEP = Duration.ofDays(1);

	private final List<Entry> entries = new ArrayList<>();

	private final Grants grants;

	private final EventLoop loop;

	private EventLoop.@Nullable Timer timer;

	AuthorizedLinks(Grants grants, EventLoop loop) {
		this.grants = grants;
		this.loop = loop;
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
			Duration left = Duration.between(this.loop.clock().instant(), expiry).plus(PAST_THE_END);
			this.timer = this.loop.schedule((left.compareTo(LONGEST_SLEEP) < 0) ? left : LONGEST_SLEEP, this::check);
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
