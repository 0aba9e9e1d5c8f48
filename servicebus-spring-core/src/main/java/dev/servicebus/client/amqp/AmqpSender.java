package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.SendBufferFullException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusMessageBatch;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.message.ServiceBusMessage;
import org.jspecify.annotations.Nullable;

/**
 * Sends to one entity. Messages are encoded on the caller's thread; from there on
 * everything happens on the loop.
 */
final class AmqpSender implements ServiceBusSender {

	private final SendQueue queue;

	private final ManagementNode management;

	private final Consumer<SendQueue> onClose;

	private final WorkTerms terms;

	private final ClientCore core;

	private final Scheduling scheduling;

	/**
	 * Makes a sender.
	 * @param queue its messages on their way
	 * @param management schedules its messages
	 * @param terms on what terms it works
	 * @param onClose runs when a program closes it
	 */
	AmqpSender(SendQueue queue, ManagementNode management, WorkTerms terms, Consumer<SendQueue> onClose) {
		this.queue = queue;
		this.management = management;
		this.terms = terms;
		this.onClose = onClose;
		this.core = queue.core();
		this.scheduling = new Scheduling(this.core, management, terms);
	}

	SendQueue queue() {
		return this.queue;
	}

	@Override
	public String entityPath() {
		return this.queue.entityPath();
	}

	@Override
	public ServiceBusSender withTimeout(Duration timeout) {
		return new AmqpSender(this.queue, this.management, this.terms.withTimeout(timeout), this.onClose);
	}

	@Override
	public ServiceBusSender withRetryOptions(RetryOptions options) {
		return new AmqpSender(this.queue, this.management,
				WorkTerms.of(options, this.core.random()).in(this.terms.transaction()), this.onClose);
	}

	@Override
	public ServiceBusSender inTransaction(ServiceBusTransaction transaction) {
		return new AmqpSender(this.queue, this.management, this.terms.in(AmqpTransaction.of(transaction, this.core)),
				this.onClose);
	}

	@Override
	public void send(ServiceBusMessage message) {
		sendNow(this.core.outgoing().encode(message));
	}

	@Override
	public CompletableFuture<Void> sendAsync(ServiceBusMessage message) {
		return sendLater(this.core.outgoing().encode(message));
	}

	@Override
	public void send(List<ServiceBusMessage> messages) {
		sendNow(this.core.outgoing().encode(messages, where()));
	}

	@Override
	public CompletableFuture<Void> sendAsync(List<ServiceBusMessage> messages) {
		return sendLater(this.core.outgoing().encode(messages, where()));
	}

	@Override
	public void send(ServiceBusMessageBatch batch) {
		sendNow(this.core.outgoing().encode(batch));
	}

	@Override
	public CompletableFuture<Void> sendAsync(ServiceBusMessageBatch batch) {
		return sendLater(this.core.outgoing().encode(batch));
	}

	private void sendNow(Outgoing.Payload payload) {
		ServiceBusException refusal = admit(payload);
		if (refusal != null) {
			throw refusal;
		}
		this.core.completions().await(where(), (Completion<@Nullable Void> completion) -> submit(payload, completion));
	}

	private CompletableFuture<Void> sendLater(Outgoing.Payload payload) {
		ServiceBusException refusal = admit(payload);
		return (refusal != null) ? CompletableFuture.failedFuture(refusal)
				: this.core.completions().async(where(), (completion) -> submit(payload, completion));
	}

	private @Nullable ServiceBusException admit(Outgoing.Payload payload) {
		SendBudget budget = this.core.outgoing().budget();
		return budget.take(payload.capacity()) ? null
				: new SendBufferFullException(where().withDescription("the messages that are under way take "
						+ budget.used() + " of " + budget.limit() + " bytes; wait for some of them to end"));
	}

	private void submit(Outgoing.Payload payload, Completion<@Nullable Void> completion) {
		SendOperation operation = new SendOperation(this.queue, payload, this.terms, completion);
		this.core.execute(() -> this.queue.add(operation));
	}

	@Override
	public ServiceBusMessageBatch createMessageBatch() {
		return newBatch(this.core.completions().await(where(), this::requestLimit));
	}

	@Override
	public CompletableFuture<ServiceBusMessageBatch> createMessageBatchAsync() {
		return this.core.completions().async(where(), this::requestLimit).thenApply(this::newBatch);
	}

	@Override
	public ServiceBusMessageBatch createMessageBatch(int maxSizeInBytes) {
		return newBatch(maxSizeInBytes, this.core.completions().await(where(), this::requestLimit));
	}

	@Override
	public CompletableFuture<ServiceBusMessageBatch> createMessageBatchAsync(int maxSizeInBytes) {
		return this.core.completions()
			.async(where(), this::requestLimit)
			.thenApply((limit) -> newBatch(maxSizeInBytes, limit));
	}

	private void requestLimit(Completion<Integer> completion) {
		this.core.execute(() -> this.queue.add(new BatchLimit(this.queue, this.terms.timeout(), completion)));
	}

	private ServiceBusMessageBatch newBatch(int limit) {
		return new ServiceBusMessageBatch(entityPath(), this.core.outgoing().newBatch(limit));
	}

	private ServiceBusMessageBatch newBatch(int maxSize, int limit) {
		if (maxSize > limit) {
			throw new MessageSizeExceededException(ErrorContext.of("create batch", entityPath())
				.withDescription("a batch of " + maxSize + " bytes was asked for, but the broker takes " + limit));
		}
		return newBatch(maxSize);
	}

	@Override
	public List<Long> schedule(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime) {
		return this.scheduling.schedule(messages, enqueueTime);
	}

	@Override
	public CompletableFuture<List<Long>> scheduleAsync(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime) {
		return this.scheduling.scheduleAsync(messages, enqueueTime);
	}

	@Override
	public void cancelScheduled(List<Long> sequenceNumbers) {
		this.scheduling.cancel(sequenceNumbers);
	}

	@Override
	public CompletableFuture<Void> cancelScheduledAsync(List<Long> sequenceNumbers) {
		return this.scheduling.cancelAsync(sequenceNumbers);
	}

	@Override
	public void close() {
		this.onClose.accept(this.queue);
		this.core.executeUnlessEnded(this.queue::end);
	}

	private ErrorContext where() {
		return ErrorContext.of("send", entityPath());
	}

}
