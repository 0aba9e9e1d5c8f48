package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.List;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.error.ErrorMapper;
import dev.servicebus.client.retry.RetrySchedule;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of one transaction. It does no harm to ask twice: a transaction of which
 * nobody knows has no work, and ends with its link.
 */
final class Declaration extends Deadlines.Entry implements CoordinatorLife.Command {

	private static final DescribedValue DECLARE = new DescribedValue(UnsignedLong.of(0x31), List.of());

	static final ErrorContext WHERE = ErrorContext.of("begin transaction", null);

	private final Coordinator coordinator;

	private final Duration timeout;

	private final Completion<ServiceBusTransaction> completion;

	private RetrySchedule.@Nullable Attempts attempts;

	private @Nullable ServiceBusException lastFailure;

	/**
	 * Makes a declaration that has not begun.
	 * @param coordinator who is asked
	 * @param timeout of the declaration, and later of the end of the transaction
	 * @param completion takes the transaction
	 */
	Declaration(Coordinator coordinator, Duration timeout, Completion<ServiceBusTransaction> completion) {
		this.coordinator = coordinator;
		this.timeout = timeout;
		this.completion = completion;
	}

	Duration timeout() {
		return this.timeout;
	}

	/**
	 * Remembers why it still waits, for the case that its time runs out.
	 */
	void noteFailure(ServiceBusException failure) {
		this.lastFailure = failure;
	}

	void fail(ServiceBusException failure) {
		cancel();
		this.coordinator.ended(this);
		this.completion.failure(failure);
	}

	@Override
	public byte[] payload() {
		return AmqpMessage.builder().value(DECLARE).build().encode();
	}

	@Override
	public void answered(CoordinatorLife life, @Nullable DeliveryState state) {
		if (state instanceof DeliveryState.Declared declared) {
			TransactionLife transaction = new TransactionLife(this.coordinator, life, declared.transactionId(),
					this.timeout);
			life.add(transaction);
			if (isPending()) {
				cancel();
				this.coordinator.ended(this);
				this.completion.success(new AmqpTransaction(transaction));
			}
			else {
				transaction.giveUp();
			}
		}
		else if (isPending()) {
			retryOrFail(ErrorMapper.ofCoordinatorOutcome(WHERE, state));
		}
	}

	private void retryOrFail(ServiceBusException failure) {
		this.lastFailure = failure;
		if (this.attempts == null) {
			this.attempts = this.coordinator.core().terms().retry().start();
		}
		this.attempts.next(failure)
			.ifPresentOrElse((delay) -> this.coordinator.core().owner().loop().schedule(delay, this::tryAgain),
					() -> fail(failure));
	}

	private void tryAgain() {
		if (isPending()) {
			this.coordinator.tryAgain(this);
		}
	}

	/**
	 * It is sent again on the next link.
	 */
	@Override
	public void lost(boolean sent, ServiceBusException cause) {
		this.lastFailure = cause;
	}

	@Override
	protected void expired() {
		this.coordinator.ended(this);
		String reason = (this.lastFailure != null) ? this.lastFailure.getMessage() : "the broker has not answered";
		this.completion.failure(new OperationTimeoutException(
				WHERE.withDescription("not begun within " + this.timeout.toMillis() + " ms: " + reason),
				this.lastFailure));
	}

}
