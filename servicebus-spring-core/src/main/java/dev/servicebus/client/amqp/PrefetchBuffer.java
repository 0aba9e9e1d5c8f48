package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.Disposition;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Messages that were fetched and that nobody has asked for yet, in order. None is handed
 * out after its lock has run out. Where nobody renews the locks, or nothing was to be
 * prefetched, all have to go back to the broker before half of a lock has passed: others
 * get them then, and being fetched does not count as a delivery. Confined to the loop.
 */
final class PrefetchBuffer {

	/**
	 * For how long a message stays of whose lock no more is known than that it is new.
	 */
	private static final Duration DEFAULT_STAY = Duration.ofSeconds(15);

	private final ClientCore core;

	private final Supplier<AmqpMessageSource> source;

	private final Deadlines deadlines;

	private final Staleness staleness;

	private final Deque<Fetched> messages = new ArrayDeque<>();

	/**
	 * Makes an empty buffer.
	 * @param core what the parts of the client share
	 * @param source where the messages come from
	 * @param deadlines the time limits of the receiver
	 * @param onStale runs when the messages have to go back
	 */
	PrefetchBuffer(ClientCore core, Supplier<AmqpMessageSource> source, Deadlines deadlines, Runnable onStale) {
		this.core = core;
		this.source = source;
		this.deadlines = deadlines;
		this.staleness = new Staleness(onStale);
	}

	void add(ServiceBusReceivedMessage message) {
		Duration remaining = remaining(message);
		Duration stay = remaining.isZero() ? DEFAULT_STAY : Duration.ofNanos(remaining.toNanos() / 2);
		this.messages.add(new Fetched(message, remaining.isZero(), now() + stay.toNanos()));
		if (mustGoBack() && !this.staleness.isPending()) {
			this.deadlines.add(stay, this.staleness);
		}
	}

	/**
	 * Takes the first message that can still be settled, {@code null} if there is none.
	 */
	@Nullable ServiceBusReceivedMessage take() {
		while (!this.messages.isEmpty()) {
			Fetched first = this.messages.remove();
			if (source().unsettled().holds(first.message()) && !isExpired(first)) {
				return first.message();
			}
		}
		return null;
	}

	/**
	 * Gives all messages back.
	 */
	void discard() {
		List<Fetched> all = List.copyOf(this.messages);
		this.messages.clear();
		this.staleness.cancel();
		all.forEach(
				(each) -> source().unsettled().settle(each.message(), new Disposition.Release(), Completion.ignored()));
	}

	private boolean mustGoBack() {
		ReceiverContext context = source().context();
		boolean renewed = context.options().prefetch() > 0 && !context.options().maxLockRenewal().isZero();
		return context.isPeekLock() && context.terms().locksMessages() && !renewed;
	}

	/**
	 * A lock that had run out as soon as the message came tells that the clocks differ,
	 * and nothing about the lock.
	 */
	private boolean isExpired(Fetched fetched) {
		boolean expired = !fetched.clocksDiffer() && source().context().isPeekLock()
				&& fetched.message().lockedUntil() != null && remaining(fetched.message()).isZero();
		if (expired) {
			source().unsettled().forget(fetched.message());
		}
		return expired;
	}

	private Duration remaining(ServiceBusReceivedMessage message) {
		OffsetDateTime lockedUntil = message.lockedUntil();
		return this.core.renewals().brokerTime().remaining(lockedUntil);
	}

	private long now() {
		return this.core.owner().loop().nanoTime();
	}

	private AmqpMessageSource source() {
		return this.source.get();
	}

	/**
	 * A message that waits here.
	 *
	 * @param message the message
	 * @param clocksDiffer whether its lock seemed to have run out when it came
	 * @param until how long it may stay, an instant of the loop's nanoTime
	 */
	private record Fetched(ServiceBusReceivedMessage message, boolean clocksDiffer, long until) {

	}

	/**
	 * The time limit of the message that is here longest.
	 */
	private final class Staleness extends Deadlines.Entry {

		private final Runnable onStale;

		Staleness(Runnable onStale) {
			this.onStale = onStale;
		}

		@Override
		protected void expired() {
			Fetched oldest = PrefetchBuffer.this.messages.peek();
			if (oldest == null) {
				return;
			}
			long left = oldest.until() - now();
			if (left > 0) {
				PrefetchBuffer.this.deadlines.add(Duration.ofNanos(left), this);
			}
			else {
				this.onStale.run();
			}
		}

	}

}
