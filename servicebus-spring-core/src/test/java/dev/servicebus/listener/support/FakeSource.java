package dev.servicebus.listener.support;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A source of messages in memory. It hands out what its slots allow, on the thread that
 * makes it possible, and notes what becomes of it.
 */
public final class FakeSource implements MessageSource {

	private static final OffsetDateTime FIRST_RENEWAL = OffsetDateTime.of(2030, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

	private final ReentrantLock lock = new ReentrantLock();

	private final Queue<ServiceBusReceivedMessage> waiting = new ArrayDeque<>();

	private final List<Settled> settled = new CopyOnWriteArrayList<>();

	private final List<CompletableFuture<Void>> unconfirmed = new CopyOnWriteArrayList<>();

	private final ReceiverOptions options;

	private final Listener listener;

	private int demand;

	private int inHand;

	private int renewals;

	private boolean confirming = true;

	private volatile boolean stopped;

	private volatile boolean closed;

	FakeSource(ReceiverOptions options, Listener listener) {
		this.options = options;
		this.listener = listener;
	}

	public ReceiverOptions options() {
		return this.options;
	}

	public Listener listener() {
		return this.listener;
	}

	/** What the container asks for. */
	public int demand() {
		return this.demand;
	}

	/** Messages that no slot was free for. */
	public int backlog() {
		return this.waiting.size();
	}

	public List<Settled> settled() {
		return this.settled;
	}

	public List<Disposition> dispositions() {
		return this.settled.stream().map(Settled::disposition).toList();
	}

	/** How many locks the source was asked to renew. */
	public int renewals() {
		return this.renewals;
	}

	public boolean isClosed() {
		return this.closed;
	}

	/** From now on, settlements wait for {@link #confirm}. */
	public void holdConfirmations() {
		this.confirming = false;
	}

	public void confirm() {
		this.confirming = true;
		this.unconfirmed.forEach((future) -> future.complete(null));
	}

	public void refuse(Throwable failure) {
		this.unconfirmed.forEach((future) -> future.completeExceptionally(failure));
	}

	/** A message arrives at the entity. */
	public void publish(ServiceBusReceivedMessage message) {
		this.lock.lock();
		try {
			this.waiting.add(message);
		}
		finally {
			this.lock.unlock();
		}
		pump();
	}

	/** A message arrives whose credit was granted earlier. */
	public void push(ServiceBusReceivedMessage message) {
		this.lock.lock();
		try {
			this.inHand++;
		}
		finally {
			this.lock.unlock();
		}
		this.listener.onMessage(message);
	}

	public void loseLock(ServiceBusReceivedMessage message) {
		freeSlot();
		this.listener.onLockLost(message, new MessageLockLostException(ErrorContext.of("renew", this.options.path())));
	}

	public void fail(ServiceBusException failure) {
		this.listener.onFailure(failure);
	}

	@Override
	public void demand(int messages) {
		this.demand = messages;
		pump();
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition) {
		this.settled.add(new Settled(message, disposition));
		CompletableFuture<Void> confirmation = new CompletableFuture<>();
		if (this.confirming) {
			confirmation.complete(null);
		}
		else {
			this.unconfirmed.add(confirmation);
		}
		freeSlot();
		return confirmation;
	}

	@Override
	public CompletableFuture<Void> settle(ServiceBusReceivedMessage message, Disposition disposition,
			ServiceBusTransaction transaction) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewLock(ServiceBusReceivedMessage message) {
		this.renewals++;
		return CompletableFuture.completedFuture(FIRST_RENEWAL.plusMinutes(this.renewals));
	}

	@Override
	public CompletableFuture<Void> stop() {
		this.stopped = true;
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void close() {
		this.closed = true;
	}

	private void freeSlot() {
		this.lock.lock();
		try {
			this.inHand--;
		}
		finally {
			this.lock.unlock();
		}
		pump();
	}

	private void pump() {
		ServiceBusReceivedMessage next = take();
		while (next != null) {
			this.listener.onMessage(next);
			next = take();
		}
	}

	private ServiceBusReceivedMessage take() {
		this.lock.lock();
		try {
			int slots = (this.demand > 0) ? this.demand + this.options.prefetch() : 0;
			if (this.stopped || this.waiting.isEmpty() || this.inHand >= slots) {
				return null;
			}
			this.inHand++;
			return this.waiting.remove();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A settlement that the source was asked for.
	 */
	public record Settled(ServiceBusReceivedMessage message, Disposition disposition) {

	}

}
