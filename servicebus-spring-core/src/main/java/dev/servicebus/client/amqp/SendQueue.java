package dev.servicebus.client.amqp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.AmqpSession;
import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.connection.LinkFailure;
import dev.servicebus.client.connection.LinkKeeper;
import dev.servicebus.client.error.ErrorMapper;
import org.jspecify.annotations.Nullable;

/**
 * The sends of one entity on their way to the broker. They wait in order for link and
 * credit, and each one ends within its time limit. Confined to the loop.
 */
final class SendQueue implements LinkKeeper.Link<SenderLife> {

	private final ClientCore core;

	private final String entityPath;

	private final Deadlines deadlines;

	private final LinkKeeper<SenderLife> keeper;

	private final Deque<SendOperation> waiting = new ArrayDeque<>();

	private final List<BatchLimit> limits = new ArrayList<>();

	/** Operations that are not waiting but between two attempts. */
	private int backingOff;

	private final CompletableFuture<Void> end = new CompletableFuture<>();

	private final long madeAt;

	private boolean closed;

	/**
	 * Makes an empty queue without a link.
	 * @param core what the parts of the client share
	 * @param entityPath the queue or topic
	 */
	SendQueue(ClientCore core, String entityPath) {
		this.core = core;
		this.entityPath = entityPath;
		this.madeAt = core.owner().loop().nanoTime();
		this.deadlines = new Deadlines(core.owner().loop());
		this.keeper = new LinkKeeper<>(core.owner(), this, core.operationTimeout());
	}

	ClientCore core() {
		return this.core;
	}

	@Override
	public String entityPath() {
		return this.entityPath;
	}

	/**
	 * Takes no more operations.
	 * @return completes when those that were taken have ended
	 */
	CompletableFuture<Void> end() {
		this.closed = true;
		releaseIfDone();
		return this.end;
	}

	/**
	 * Returns whether nothing is under way.
	 */
	boolean isIdle() {
		SenderLife life = this.keeper.current();
		return !isWanted() && this.backingOff == 0 && (life == null || life.unanswered().isEmpty());
	}

	/**
	 * Since when, in the loop's nanoTime, nothing has been answered on the link; since it
	 * was made if there is none.
	 */
	long idleSince() {
		SenderLife life = this.keeper.current();
		return (life != null) ? life.lastAnswerAt() : this.madeAt;
	}

	/**
	 * Detaches the link until it is needed again.
	 */
	void rest() {
		this.keeper.release();
	}

	void add(SendOperation operation) {
		if (this.closed) {
			operation.fail(new ServiceBusException(where().withDescription("the sender is closed")));
			return;
		}
		ServiceBusException refusal = operation.enlist();
		if (refusal != null) {
			operation.fail(refusal);
			return;
		}
		this.deadlines.add(operation.terms().timeout(), operation);
		this.waiting.add(operation);
		this.keeper.want();
		sendWaiting();
	}

	/**
	 * Tells how large a batch may be when the link is there.
	 */
	void add(BatchLimit limit) {
		SenderLife life = this.keeper.current();
		if (this.closed) {
			limit.fail(new ServiceBusException(where().withDescription("the sender is closed")));
		}
		else if (life != null) {
			limit.known(life);
		}
		else {
			this.deadlines.add(limit.timeout(), limit);
			this.limits.add(limit);
			this.keeper.want();
		}
	}

	void forget(BatchLimit limit) {
		this.limits.remove(limit);
		releaseIfUseless();
	}

	/**
	 * Ends what has not ended yet, on the loop: there is no connection any more.
	 */
	void abort() {
		this.closed = true;
		this.deadlines.expireAll();
		releaseIfDone();
	}

	void sendWaiting() {
		SenderLife life = this.keeper.current();
		if (life == null) {
			return;
		}
		long limit = life.maxMessageSize();
		while (life.credit() > 0 && !this.waiting.isEmpty()) {
			SendOperation operation = this.waiting.remove();
			ServiceBusException refusal = operation.whyNot();
			if (refusal != null) {
				operation.fail(refusal);
			}
			else if (limit > 0 && operation.payload().length() > limit) {
				operation.giveUp(new MessageSizeExceededException(where().withDescription("the message has "
						+ operation.payload().length() + " bytes, but the broker takes " + limit + " at most")));
			}
			else {
				life.send(operation);
			}
		}
	}

	/**
	 * The broker has answered an operation.
	 */
	void answered(SendOperation operation, @Nullable DeliveryState state) {
		this.keeper.usefulWork();
		DeliveryState outcome = (state instanceof DeliveryState.Transactional work) ? work.outcome() : state;
		if (outcome instanceof DeliveryState.Accepted) {
			operation.succeed();
		}
		else {
			attemptFailed(operation, ErrorMapper.ofSendOutcome(where(), outcome));
		}
		releaseIfDone();
	}

	/**
	 * The time of an operation is up.
	 * @return whether it was sent and waits for its answer
	 */
	boolean expired(SendOperation operation) {
		SenderLife life = this.keeper.current();
		boolean awaitingAnswer = false;
		if (life != null && life.unanswered().remove(operation)) {
			awaitingAnswer = true;
			if (life.silentSince(operation).compareTo(LinkKeeper.SILENCE_LIMIT) >= 0) {
				this.keeper.replace(life,
						new OperationTimeoutException(where().withDescription("nothing is answered")));
			}
		}
		else {
			this.waiting.remove(operation);
		}
		releaseIfUseless();
		return awaitingAnswer;
	}

	/**
	 * Nobody waits any more for a link that does not come.
	 */
	private void releaseIfUseless() {
		if (this.keeper.current() == null && !isWanted()) {
			this.keeper.release();
		}
		releaseIfDone();
	}

	private boolean isWanted() {
		return !this.waiting.isEmpty() || !this.limits.isEmpty();
	}

	private void attemptFailed(SendOperation operation, ServiceBusException failure) {
		operation.nextAttempt(failure).ifPresentOrElse((delay) -> {
			this.backingOff++;
			this.core.owner().loop().schedule(delay, () -> tryAgain(operation));
		}, () -> operation.giveUp(failure));
	}

	private void tryAgain(SendOperation operation) {
		this.backingOff--;
		if (operation.isPending()) {
			this.waiting.add(operation);
			this.keeper.want();
			sendWaiting();
		}
		releaseIfDone();
	}

	void opened(SenderLife life) {
		this.keeper.opened(life);
	}

	void ended(SenderLife life, AmqpLink.LinkEnd end) {
		this.keeper.ended(life, end);
	}

	@Override
	public SenderLife attach(AmqpSession session) {
		return new SenderLife(this, session, this.core.linkNames().next(this.entityPath, "sender"));
	}

	@Override
	public void up(SenderLife life) {
		takeLimits().forEach((limit) -> limit.known(life));
		sendWaiting();
	}

	@Override
	public boolean down(@Nullable SenderLife life, LinkFailure failure) {
		if (life != null) {
			requeue(life, failure.exception());
		}
		this.waiting.forEach((operation) -> operation.noteFailure(failure.exception()));
		this.limits.forEach((limit) -> limit.noteFailure(failure.exception()));
		if (!failure.isTransient()) {
			List<SendOperation> hopeless = new ArrayList<>(this.waiting);
			this.waiting.clear();
			hopeless.forEach((operation) -> operation.giveUp(failure.exception()));
			takeLimits().forEach((limit) -> limit.fail(failure.exception()));
		}
		releaseIfDone();
		return isWanted();
	}

	private List<BatchLimit> takeLimits() {
		List<BatchLimit> taken = List.copyOf(this.limits);
		this.limits.clear();
		return taken;
	}

	/**
	 * Puts what was not answered in front of what waits, in the old order.
	 */
	private void requeue(SenderLife life, ServiceBusException failure) {
		List<SendOperation> again = new ArrayList<>(life.unanswered());
		life.unanswered().clear();
		for (int i = again.size() - 1; i >= 0; i--) {
			SendOperation operation = again.get(i);
			operation.answerLost();
			if (operation.isTransactional()) {
				// A second copy would be in the same transaction.
				operation.giveUp(failure);
			}
			else {
				this.waiting.addFirst(operation);
			}
		}
	}

	private void releaseIfDone() {
		if (this.closed && isIdle()) {
			this.keeper.release();
			this.end.complete(null);
		}
	}

	private ErrorContext where() {
		return ErrorContext.of("send", this.entityPath);
	}

}
