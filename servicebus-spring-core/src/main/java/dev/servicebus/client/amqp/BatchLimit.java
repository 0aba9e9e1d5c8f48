package dev.servicebus.client.amqp;

import java.time.Duration;

import dev.servicebus.amqp.transport.Deadlines;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import org.jspecify.annotations.Nullable;

/**
 * Somebody waits to hear how large a batch may be, which the broker says when it
 * attaches.
 */
final class BatchLimit extends Deadlines.Entry {

	private final SendQueue queue;

	private final Duration timeout;

	private final Completion<Integer> completion;

	private @Nullable ServiceBusException lastFailure;

	BatchLimit(SendQueue queue, Duration timeout, Completion<Integer> completion) {
		this.queue = queue;
		this.timeout = timeout;
		this.completion = completion;
	}

	Duration timeout() {
		return this.timeout;
	}

	void known(SenderLife life) {
		cancel();
		this.completion.success(life.maxBatchSize());
	}

	void fail(ServiceBusException failure) {
		cancel();
		this.completion.failure(failure);
	}

	/**
	 * Remembers why there is no link, for the case that the time runs out.
	 */
	void noteFailure(ServiceBusException failure) {
		this.lastFailure = failure;
	}

	@Override
	protected void expired() {
		this.queue.forget(this);
		String reason = (this.lastFailure != null) ? this.lastFailure.getMessage() : "the broker has not attached";
		ErrorContext where = ErrorContext.of("create batch", this.queue.entityPath());
		this.completion.failure(new OperationTimeoutException(
				where.withDescription("no link within " + this.timeout.toMillis() + " ms: " + reason),
				this.lastFailure));
	}

}
