package dev.servicebus.client.amqp;

import java.time.Duration;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.rpc.RequestFailure;
import dev.servicebus.amqp.rpc.RequestLink;
import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusConnectionException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.error.ErrorMapper;
import dev.servicebus.client.management.AddRule;
import dev.servicebus.client.management.DeleteMessages;
import dev.servicebus.client.management.EnumerateRules;
import dev.servicebus.client.management.GetSessionState;
import dev.servicebus.client.management.ListSessions;
import dev.servicebus.client.management.ManagementRequest;
import dev.servicebus.client.management.PeekMessages;
import dev.servicebus.client.management.RemoveRule;
import dev.servicebus.client.management.RenewLocks;
import dev.servicebus.client.management.RenewSessionLock;
import dev.servicebus.client.management.UpdateDisposition;
import dev.servicebus.client.retry.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * One call of a management operation, from the program's call to its end.
 *
 * @param <T> the result
 */
final class ManagementCall<T extends @Nullable Object> extends Deadlines.Entry {

	private final ManagementNode node;

	private final ErrorContext where;

	private final ManagementRequest<T> request;

	private final Terms terms;

	private final Completion<T> completion;

	private RetrySchedule.@Nullable Attempts attempts;

	private @Nullable ServiceBusException lastFailure;

	/** An attempt was sent and may still be answered. */
	private boolean awaitingAnswer;

	/** An attempt was sent and its answer was lost: the broker may have acted on it. */
	private boolean uncertain;

	private long sentAt;

	ManagementCall(ManagementNode node, ManagementRequest<T> request, Terms terms, Completion<T> completion) {
		this.node = node;
		this.where = ErrorContext.of(request.operation(), node.entityPath());
		this.request = request;
		this.terms = terms;
		this.completion = completion;
	}

	/**
	 * Returns whether doing it twice does no harm. A settlement that was done once fails
	 * the second time, as does a change of rules, and a deletion would delete more, so
	 * the outcome stays unknown when the answer is lost. In a transaction both copies
	 * would be done.
	 */
	private boolean isRepeatable() {
		return !(this.terms.transaction() != null || this.request instanceof UpdateDisposition
				|| this.request instanceof AddRule || this.request instanceof RemoveRule
				|| this.request instanceof DeleteMessages);
	}

	/**
	 * Returns whether a lost answer leaves something to wonder about. Asking changes
	 * nothing, and who renews a lock wants to know about the last attempt only.
	 */
	private boolean changesSomething() {
		return !(this.request instanceof PeekMessages || this.request instanceof EnumerateRules
				|| this.request instanceof ListSessions || this.request instanceof GetSessionState
				|| this.request instanceof RenewLocks || this.request instanceof RenewSessionLock);
	}

	void send(RequestLink link) {
		TransactionLife transaction = this.terms.transaction();
		ServiceBusException refusal = (transaction != null) ? transaction.whyNot(this.where) : null;
		if (refusal != null) {
			fail(refusal);
			return;
		}
		this.awaitingAnswer = true;
		this.sentAt = this.node.core().owner().loop().nanoTime();
		AmqpMessage message = this.request.encode(ClientCore.brokerTimeout(this.terms.timeout()),
				this.terms.linkName());
		DeliveryState state = (transaction != null) ? transaction.stateOf(null) : null;
		link.request(message, state, this.terms.timeout(), new RequestLink.ResponseHandler() {
			@Override
			public void onResponse(EncodedMessage response) {
				responded(response);
			}

			@Override
			public void onFailure(RequestFailure failure) {
				unanswered(failure);
			}
		});
	}

	/**
	 * For how long the call has been waiting for an answer, zero if for none.
	 */
	Duration silence() {
		return this.awaitingAnswer ? Duration.ofNanos(this.node.core().owner().loop().nanoTime() - this.sentAt)
				: Duration.ZERO;
	}

	/**
	 * Remembers why the call still waits, for the case that its time runs out.
	 */
	void noteFailure(ServiceBusException failure) {
		this.lastFailure = failure;
	}

	/**
	 * Ends the call: what may have happened is not reported as a plain failure.
	 */
	void fail(ServiceBusException failure) {
		if (isPending()) {
			cancel();
			boolean unknown = this.uncertain && changesSomething();
			this.completion.failure(unknown
					? new UnknownOutcomeException(
							this.where.withDescription("an answer was lost; then: " + failure.getMessage()), failure)
					: failure);
		}
	}

	private void responded(EncodedMessage response) {
		if (!isPending()) {
			return;
		}
		this.awaitingAnswer = false;
		this.node.answered();
		T result;
		try {
			result = this.request.decode(response, this.node.entityPath());
		}
		catch (ServiceBusException ex) {
			retryOrFail(ex);
			return;
		}
		cancel();
		this.completion.success(result);
	}

	private void unanswered(RequestFailure failure) {
		if (!isPending()) {
			return;
		}
		this.awaitingAnswer = false;
		if (failure.sent() && failure.kind() != RequestFailure.Kind.REJECTED) {
			this.uncertain = true;
			if (!isRepeatable()) {
				fail(new ServiceBusConnectionException(this.where.withDescription("the link was lost")));
				return;
			}
		}
		retryOrFail((failure.error() != null) ? ErrorMapper.ofError(this.where, failure.error())
				: new ServiceBusConnectionException(this.where.withDescription("the link was lost")));
	}

	private void retryOrFail(ServiceBusException failure) {
		this.lastFailure = failure;
		if (this.terms.transaction() != null) {
			fail(failure);
			return;
		}
		if (this.attempts == null) {
			this.attempts = this.terms.work().retry().start();
		}
		this.attempts.next(failure)
			.ifPresentOrElse((delay) -> this.node.core().owner().loop().schedule(delay, this::tryAgain),
					() -> fail(failure));
	}

	private void tryAgain() {
		if (isPending()) {
			this.node.enqueue(this);
		}
	}

	@Override
	protected void expired() {
		this.node.expired(this);
		boolean unknown = (this.awaitingAnswer || this.uncertain) && changesSomething();
		ErrorContext context = this.where.withDescription(whyEnded());
		if (unknown) {
			this.completion.failure(new UnknownOutcomeException(context, this.lastFailure));
		}
		else {
			this.completion.failure(this.node.isClosed() ? new ServiceBusException(context, this.lastFailure)
					: new OperationTimeoutException(context, this.lastFailure));
		}
	}

	private String whyEnded() {
		return (this.node.isClosed() ? "the client is closed"
				: "no answer within " + this.terms.timeout().toMillis() + " ms")
				+ ((this.lastFailure != null) ? ": " + this.lastFailure.getMessage() : "");
	}

	/**
	 * On what terms an operation is asked for.
	 *
	 * @param linkName the link on whose behalf, {@code null} for none
	 * @param work its time limit and transaction
	 */
	record Terms(@Nullable String linkName, WorkTerms work) {

		Duration timeout() {
			return this.work.timeout();
		}

		@Nullable TransactionLife transaction() {
			return this.work.transaction();
		}

	}

}
