package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.rpc.RequestNode;
import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.connection.LinkFailure;
import dev.servicebus.client.connection.LinkKeeper;
import dev.servicebus.client.management.ManagementRequest;
import org.jspecify.annotations.Nullable;

/**
 * The management node of one entity: sends requests when the pair of links is there, and
 * sends them again after a loss where that is allowed. The pair is attached with the
 * first request and stays.
 */
final class ManagementNode implements LinkKeeper.Link<ManagementLife> {

	static final @Nullable String NO_LINK = null;

	private final ClientCore core;

	private final String path;

	private final Deadlines deadlines;

	private final LinkKeeper<ManagementLife> keeper;

	private final LockRenewer messageLocks = new MessageLockRenewer(this);

	private final Deque<ManagementCall<?>> waiting = new ArrayDeque<>();

	private long lastAnswerAt;

	private boolean closed;

	/**
	 * Makes a node that is not attached.
	 * @param core what the parts of the client share
	 * @param path the entity, with its sub-queue
	 */
	ManagementNode(ClientCore core, String path) {
		this.core = core;
		this.path = path;
		this.deadlines = new Deadlines(core.owner().loop());
		this.keeper = new LinkKeeper<>(core.owner(), this, core.operationTimeout());
	}

	/**
	 * Renews the locks of messages of this entity.
	 */
	LockRenewer messageLocks() {
		return this.messageLocks;
	}

	ClientCore core() {
		return this.core;
	}

	/**
	 * Asks for an operation within the client's operation timeout. Thread-safe; the
	 * result arrives on the loop.
	 */
	<T extends @Nullable Object> void call(ManagementRequest<T> request, Completion<T> completion) {
		call(request, NO_LINK, this.core.operationTimeout(), completion);
	}

	/**
	 * Asks for an operation. Thread-safe; the result arrives on the loop.
	 * @param request what is asked
	 * @param linkName the link on whose behalf, {@link #NO_LINK} for none
	 * @param timeout within which the operation ends, all its attempts included
	 * @param completion takes the result
	 */
	<T extends @Nullable Object> void call(ManagementRequest<T> request, @Nullable String linkName, Duration timeout,
			Completion<T> completion) {
		call(request, linkName, this.core.terms().withTimeLeft(timeout), completion);
	}

	/**
	 * Asks for an operation. Thread-safe; the result arrives on the loop.
	 * @param request what is asked
	 * @param linkName the link on whose behalf, {@link #NO_LINK} for none
	 * @param terms on what terms; the transaction has taken the operation in before
	 * @param completion takes the result
	 */
	<T extends @Nullable Object> void call(ManagementRequest<T> request, @Nullable String linkName, WorkTerms terms,
			Completion<T> completion) {
		ManagementCall<T> call = new ManagementCall<>(this, request, new ManagementCall.Terms(linkName, terms),
				completion);
		this.core.execute(() -> {
			this.deadlines.add(terms.timeout(), call);
			if (this.closed) {
				this.deadlines.expireAll();
			}
			else {
				enqueue(call);
			}
		});
	}

	void enqueue(ManagementCall<?> call) {
		this.waiting.add(call);
		this.keeper.want();
		sendWaiting();
	}

	/**
	 * The time of a call is up, or it has ended otherwise.
	 */
	void forget(ManagementCall<?> call) {
		this.waiting.remove(call);
		if (this.waiting.isEmpty() && this.keeper.current() == null) {
			this.keeper.release();
		}
	}

	/**
	 * The time of a call is up. A pair on which nothing has been answered for long is
	 * given up.
	 */
	void expired(ManagementCall<?> call) {
		ManagementLife life = this.keeper.current();
		Duration sinceAnswer = Duration.ofNanos(this.core.owner().loop().nanoTime() - this.lastAnswerAt);
		if (life != null && call.silence().compareTo(LinkKeeper.SILENCE_LIMIT) >= 0
				&& sinceAnswer.compareTo(LinkKeeper.SILENCE_LIMIT) >= 0) {
			this.keeper.replace(life, new OperationTimeoutException(
					ErrorContext.of("management", this.path).withDescription("nothing is answered")));
		}
		forget(call);
	}

	void answered() {
		this.lastAnswerAt = this.core.owner().loop().nanoTime();
		this.keeper.usefulWork();
	}

	/**
	 * Ends all calls, whatever they wait for: there will be no answer any more.
	 */
	void close() {
		this.closed = true;
		this.keeper.release();
		this.deadlines.expireAll();
	}

	/**
	 * Returns whether there is a pair of links, or calls that wait for one.
	 */
	boolean isInUse() {
		return this.keeper.current() != null || !this.waiting.isEmpty();
	}

	boolean isClosed() {
		return this.closed;
	}

	private void sendWaiting() {
		ManagementLife life = this.keeper.current();
		while (life != null && !this.waiting.isEmpty()) {
			this.waiting.remove().send(life.link());
		}
	}

	void opened(ManagementLife life) {
		this.lastAnswerAt = this.core.owner().loop().nanoTime();
		this.keeper.opened(life);
	}

	void ended(ManagementLife life, AmqpLink.LinkEnd end) {
		this.keeper.ended(life, end);
	}

	@Override
	public String entityPath() {
		return this.path;
	}

	@Override
	public ManagementLife attach(AmqpSession session) {
		LinkNames names = this.core.linkNames();
		return new ManagementLife(this, session, new RequestNode(this.path + "/$management",
				names.next(this.path, "management"), names.next(this.path, "reply"), this.core.linkProperties()));
	}

	@Override
	public void up(ManagementLife life) {
		sendWaiting();
	}

	@Override
	public boolean down(@Nullable ManagementLife life, LinkFailure failure) {
		this.waiting.forEach((call) -> call.noteFailure(failure.exception()));
		if (!failure.isTransient()) {
			while (!this.waiting.isEmpty()) {
				this.waiting.remove().fail(failure.exception());
			}
		}
		return !this.waiting.isEmpty();
	}

}
