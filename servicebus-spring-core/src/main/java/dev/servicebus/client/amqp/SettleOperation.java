package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageErrorException;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.SessionLockLostException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.error.ErrorMapper;
import dev.servicebus.client.management.Done;
import dev.servicebus.client.management.UpdateDisposition;
import org.jspecify.annotations.Nullable;

/**
 * One settlement, from the call to its end. It goes over the link on which the message
 * came; if that is lost it goes through the management node, with the same lock token.
 */
final class SettleOperation extends Deadlines.Entry {

	private final Settlements settlements;

	private final LockedMessage locked;

	private final Disposition disposition;

	private final Completion<@Nullable Void> completion;

	private final WorkTerms terms;

	private final long startedAt;

	/** The outcome was proposed on a link, and its answer was lost with the link. */
	private boolean uncertain;

	SettleOperation(Settlements settlements, LockedMessage locked, Settlement settlement,
			Completion<@Nullable Void> completion) {
		this.settlements = settlements;
		this.locked = locked;
		this.disposition = settlement.disposition();
		this.terms = settlement.terms();
		this.startedAt = settlements.loop().nanoTime();
		this.completion = completion;
	}

	void proposeOnLink() {
		TransactionLife transaction = this.terms.transaction();
		DeliveryState outcome = Outcomes.of(this.disposition);
		this.locked.leaveLink();
		this.locked.life()
			.propose(this.locked.delivery(), (transaction != null) ? transaction.stateOf(outcome) : outcome, this);
	}

	/**
	 * The broker has settled the delivery.
	 */
	void answered(@Nullable DeliveryState state) {
		cancel();
		DeliveryState outcome = (state instanceof DeliveryState.Transactional work) ? work.outcome() : state;
		if (Outcomes.confirms(this.disposition, outcome)) {
			succeed();
		}
		else {
			fail(ErrorMapper.ofSettleOutcome(where(), outcome));
		}
	}

	/**
	 * The link was lost before the broker answered.
	 */
	void answerLost() {
		cancel();
		this.uncertain = true;
		if (this.terms.transaction() != null) {
			fail(new UnknownOutcomeException(where().withDescription("the answer was lost with the link")));
			return;
		}
		settleByToken();
	}

	/**
	 * Settles through the management node.
	 */
	void settleByToken() {
		UUID lockToken = this.locked.message().lockToken();
		if (lockToken == null) {
			fail(new MessageErrorException(where().withDescription("the message has no lock")));
			return;
		}
		ReceiverManagement management = this.settlements.management();
		management.call(new UpdateDisposition(List.of(lockToken), this.disposition, management.sessionId()),
				this.terms.withTimeLeft(timeLeft()), new Completion<>() {
					@Override
					public void success(Done done) {
						succeed();
					}

					@Override
					public void failure(ServiceBusException failure) {
						failedByToken(failure);
					}
				});
	}

	private Duration timeLeft() {
		Duration spent = Duration.ofNanos(this.settlements.loop().nanoTime() - this.startedAt);
		Duration left = this.terms.timeout().minus(spent);
		return left.isNegative() ? Duration.ZERO : left;
	}

	/**
	 * After a lost answer every failure can also mean that the first attempt had worked.
	 */
	private void failedByToken(ServiceBusException failure) {
		fail(this.uncertain ? new UnknownOutcomeException(
				where().withDescription("the answer was lost with the link; then: " + failure.getMessage()), failure)
				: failure);
	}

	@Override
	protected void expired() {
		this.locked.life().forget(this);
		fail(new UnknownOutcomeException(
				where().withDescription("no answer within " + this.terms.timeout().toMillis() + " ms")));
	}

	private void succeed() {
		this.settlements.ended();
		Completion.done(this.completion);
	}

	private void fail(ServiceBusException failure) {
		this.settlements.ended();
		this.completion.failure(failure);
	}

	private ErrorContext where() {
		return ErrorContext.of(Outcomes.verb(this.disposition), this.settlements.management().entityPath());
	}

}
