package dev.servicebus.observation;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import dev.servicebus.client.ServiceBusMessageBatch;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Observes what another sender sends and schedules, and adds the trace to the messages.
 */
final class ObservedSender implements ServiceBusSender {

	private final ServiceBusSender sender;

	private final ServiceBusObservations observations;

	ObservedSender(ServiceBusSender sender, ServiceBusObservations observations) {
		this.sender = sender;
		this.observations = observations;
	}

	@Override
	public String entityPath() {
		return this.sender.entityPath();
	}

	@Override
	public ServiceBusSender withTimeout(Duration timeout) {
		return new ObservedSender(this.sender.withTimeout(timeout), this.observations);
	}

	@Override
	public ServiceBusSender withRetryOptions(RetryOptions options) {
		return new ObservedSender(this.sender.withRetryOptions(options), this.observations);
	}

	@Override
	public ServiceBusSender inTransaction(ServiceBusTransaction transaction) {
		return new ObservedSender(this.sender.inTransaction(transaction), this.observations);
	}

	@Override
	public void send(ServiceBusMessage message) {
		SendObservation observation = begin(List.of(message));
		observation.run(() -> this.sender.send(observation.messages().get(0)));
	}

	@Override
	public CompletableFuture<Void> sendAsync(ServiceBusMessage message) {
		return observe(begin(List.of(message)), (messages) -> this.sender.sendAsync(messages.get(0)));
	}

	@Override
	public void send(List<ServiceBusMessage> messages) {
		SendObservation observation = begin(messages);
		observation.run(() -> this.sender.send(observation.messages()));
	}

	@Override
	public CompletableFuture<Void> sendAsync(List<ServiceBusMessage> messages) {
		return observe(begin(messages), this.sender::sendAsync);
	}

	@Override
	public void send(ServiceBusMessageBatch batch) {
		begin(batch).run(() -> this.sender.send(batch));
	}

	@Override
	public CompletableFuture<Void> sendAsync(ServiceBusMessageBatch batch) {
		return observe(begin(batch), (messages) -> this.sender.sendAsync(batch));
	}

	@Override
	public ServiceBusMessageBatch createMessageBatch() {
		return this.sender.createMessageBatch();
	}

	@Override
	public CompletableFuture<ServiceBusMessageBatch> createMessageBatchAsync() {
		return this.sender.createMessageBatchAsync();
	}

	@Override
	public ServiceBusMessageBatch createMessageBatch(int maxSizeInBytes) {
		return this.sender.createMessageBatch(maxSizeInBytes);
	}

	@Override
	public CompletableFuture<ServiceBusMessageBatch> createMessageBatchAsync(int maxSizeInBytes) {
		return this.sender.createMessageBatchAsync(maxSizeInBytes);
	}

	@Override
	public List<Long> schedule(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime) {
		SendObservation observation = begin(messages);
		return observation.call(() -> this.sender.schedule(observation.messages(), enqueueTime));
	}

	@Override
	public CompletableFuture<List<Long>> scheduleAsync(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime) {
		return observe(begin(messages), (traced) -> this.sender.scheduleAsync(traced, enqueueTime));
	}

	@Override
	public void cancelScheduled(List<Long> sequenceNumbers) {
		this.sender.cancelScheduled(sequenceNumbers);
	}

	@Override
	public CompletableFuture<Void> cancelScheduledAsync(List<Long> sequenceNumbers) {
		return this.sender.cancelScheduledAsync(sequenceNumbers);
	}

	@Override
	public void close() {
		this.sender.close();
	}

	private SendObservation begin(List<ServiceBusMessage> messages) {
		return this.observations.send(entityPath(), messages);
	}

	private SendObservation begin(ServiceBusMessageBatch batch) {
		return this.observations.send(entityPath(), batch.count());
	}

	private static <T> CompletableFuture<T> observe(SendObservation observation,
			Function<List<ServiceBusMessage>, CompletableFuture<T>> sending) {
		CompletableFuture<T> sent;
		try {
			sent = sending.apply(observation.messages());
		}
		catch (RuntimeException ex) {
			observation.end(ex);
			throw ex;
		}
		sent.whenComplete((result, failure) -> observation.end(failure));
		return sent;
	}

}
