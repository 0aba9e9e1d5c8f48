package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.Optional;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.retry.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * One send, from the call to its end: a message or a batch, which the broker takes or
 * refuses as a whole. Every attempt carries the same bytes, so the same message id.
 */
final class SendOperation extends Deadlines.Entry {

	private final SendQueue queue;

	private final Outgoing.Payload payload;

	private final WorkTerms terms;

	private final Completion<@Nullable Void> completion;

	private RetrySchedule.@Nullable Attempts attempts;

	private @Nullable ServiceBusException lastFailure;

	/** An attempt was sent and its answer was lost: the broker may have the message. */
	private boolean uncertain;

	private boolean enlisted;

	private long sentAt;

	SendOperation(SendQueue queue, Outgoing.Payload payload, WorkTerms terms, Completion<@Nullable Void> completion) {
		this.queue = queue;
		this.payload = payload;
		this.terms = terms;
		this.completion = completion;
	}

	Outgoing.Payload payload() {
		return this.payload;
	}

	WorkTerms terms() {
		return this.terms;
	}

	void succeed() {
		end(null);
		Completion.done(this.completion);
	}

	void fail(ServiceBusException failure) {
		end(failure);
		this.completion.failure(failure);
	}

	/**
	 * Takes part in its transaction, if there is one.
	 * @return why that is not possible, {@code null} if it is
	 */
	@Nullable ServiceBusException enlist() {
		TransactionLife transaction = this.terms.transaction();
		if (transaction == null) {
			return null;
		}
		ServiceBusException refusal = transaction.begin(where());
		this.enlisted = refusal == null;
		return refusal;
	}

	boolean isTransactional() {
		return this.terms.transaction() != null;
	}

	/**
	 * Says why it must not be sent any more, {@code null} if it may.
	 */
	@Nullable ServiceBusException whyNot() {
		TransactionLife transaction = this.terms.transaction();
		return (transaction != null) ? transaction.whyNot(where()) : null;
	}

	/**
	 * The state that goes with the transfer.
	 */
	@Nullable DeliveryState state() {
		TransactionLife transaction = this.terms.transaction();
		return (transaction != null) ? transaction.stateOf(null) : null;
	}

	private void end(@Nullable ServiceBusException failure) {
		cancel();
		if (this.enlisted && this.terms.transaction() != null) {
			this.enlisted = false;
			this.terms.transaction().ended(failure);
		}
		this.queue.core().outgoing().budget().giveBack(this.payload.capacity());
	}

	void sentAt(long nanos) {
		this.sentAt = nanos;
	}

	long sentAt() {
		return this.sentAt;
	}

	/**
	 * The link was lost while the answer was awaited.
	 */
	void answerLost() {
		this.uncertain = true;
	}

	/**
	 * Remembers why the operation still waits, for the case that its time runs out.
	 */
	void noteFailure(ServiceBusException failure) {
		this.lastFailure = failure;
	}

	/**
	 * Notes a failed attempt.
	 * @return how long to wait before the next one, empty if there is none
	 */
	Optional<Duration> nextAttempt(ServiceBusException failure) {
		this.lastFailure = failure;
		if (isTransactional()) {
			// The broker fails the commit after a refusal, whatever follows.
			return Optional.empty();
		}
		if (this.attempts == null) {
			this.attempts = this.terms.retry().start();
		}
		return this.attempts.next(failure);
	}

	/**
	 * Ends the operation after its last attempt: what may have happened is not reported
	 * as a plain failure.
	 */
	void giveUp(ServiceBusException failure) {
		fail(this.uncertain
				? new UnknownOutcomeException(where()
					.withDescription("the message was sent, but the answer was lost; " + failure.getMessage()), failure)
				: failure);
	}

	@Override
	protected void expired() {
		boolean awaitingAnswer = this.queue.expired(this);
		long millis = this.terms.timeout().toMillis();
		if (awaitingAnswer || this.uncertain) {
			fail(new UnknownOutcomeException(
					where().withDescription("the message was sent, but no answer came within " + millis + " ms"),
					this.lastFailure));
			return;
		}
		String reason = (this.lastFailure != null) ? this.lastFailure.getMessage()
				: "the broker has not granted credit";
		fail(new OperationTimeoutException(where().withDescription("not sent within " + millis + " ms: " + reason),
				this.lastFailure));
	}

	private ErrorContext where() {
		return ErrorContext.of("send", this.queue.entityPath());
	}

}
