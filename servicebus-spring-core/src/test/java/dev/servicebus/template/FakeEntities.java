package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.LockRenewal;
import dev.servicebus.client.LockRenewalOptions;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusMessageBatch;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.StubClient;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A client whose entities are queues in memory, and that notes what is asked of them.
 */
final class FakeEntities extends StubClient {

	final Map<String, Queue<ServiceBusMessage>> queues = new HashMap<>();

	final List<String> scheduled = new ArrayList<>();

	final List<Disposition> settled = new ArrayList<>();

	final List<String> receivers = new ArrayList<>();

	int closed;

	Queue<ServiceBusMessage> queue(String path) {
		return this.queues.computeIfAbsent(path, (name) -> new ArrayDeque<>());
	}

	@Override
	public ServiceBusSender sender(String entityPath) {
		return new Sender(entityPath);
	}

	@Override
	public ServiceBusReceiver receiver(ReceiverOptions options) {
		this.receivers.add(options.path());
		return new Receiver(options.path());
	}

	private final class Sender implements ServiceBusSender {

		private final String path;

		Sender(String path) {
			this.path = path;
		}

		@Override
		public String entityPath() {
			return this.path;
		}

		@Override
		public void send(ServiceBusMessage message) {
			queue(this.path).add(message);
		}

		@Override
		public CompletableFuture<Void> sendAsync(ServiceBusMessage message) {
			send(message);
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public void send(List<ServiceBusMessage> messages) {
			messages.forEach(this::send);
		}

		@Override
		public CompletableFuture<Void> sendAsync(List<ServiceBusMessage> messages) {
			send(messages);
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public long schedule(ServiceBusMessage message, OffsetDateTime enqueueTime) {
			FakeEntities.this.scheduled.add(this.path + " " + message.bodyAsString() + " " + enqueueTime);
			return FakeEntities.this.scheduled.size();
		}

		@Override
		public ServiceBusSender withTimeout(Duration timeout) {
			return this;
		}

		@Override
		public ServiceBusSender withRetryOptions(RetryOptions options) {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServiceBusSender inTransaction(ServiceBusTransaction transaction) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void send(ServiceBusMessageBatch batch) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletableFuture<Void> sendAsync(ServiceBusMessageBatch batch) {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServiceBusMessageBatch createMessageBatch() {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletableFuture<ServiceBusMessageBatch> createMessageBatchAsync() {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServiceBusMessageBatch createMessageBatch(int maxSizeInBytes) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletableFuture<ServiceBusMessageBatch> createMessageBatchAsync(int maxSizeInBytes) {
			throw new UnsupportedOperationException();
		}

		@Override
		public List<Long> schedule(List<ServiceBusMessage> messages, OffsetDateTime enqueueTime) {
			return messages.stream().map((message) -> schedule(message, enqueueTime)).toList();
		}

		@Override
		public CompletableFuture<List<Long>> scheduleAsync(List<ServiceBusMessage> messages,
				OffsetDateTime enqueueTime) {
			return CompletableFuture.completedFuture(schedule(messages, enqueueTime));
		}

		@Override
		public void cancelScheduled(List<Long> sequenceNumbers) {
			FakeEntities.this.scheduled.add(this.path + " cancel " + sequenceNumbers);
		}

		@Override
		public CompletableFuture<Void> cancelScheduledAsync(List<Long> sequenceNumbers) {
			cancelScheduled(sequenceNumbers);
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public void close() {
		}

	}

	private final class Receiver implements ServiceBusReceiver {

		private final String path;

		Receiver(String path) {
			this.path = path;
		}

		@Override
		public String entityPath() {
			return this.path;
		}

		@Override
		public ReceiverOptions options() {
			return ReceiverOptions.queue(this.path);
		}

		@Override
		public List<ServiceBusReceivedMessage> receive(int maxMessages, Duration maxWait) {
			ServiceBusMessage next = queue(this.path).poll();
			return (next != null) ? List.of(ServiceBusReceivedMessage.of(next, UUID.randomUUID())) : List.of();
		}

		@Override
		public CompletableFuture<List<ServiceBusReceivedMessage>> receiveAsync(int maxMessages, Duration maxWait) {
			return CompletableFuture.completedFuture(receive(maxMessages, maxWait));
		}

		@Override
		public List<ServiceBusReceivedMessage> peek(int maxMessages, long fromSequenceNumber) {
			return queue(this.path).stream()
				.limit(maxMessages)
				.map((message) -> ServiceBusReceivedMessage.of(message, null))
				.toList();
		}

		@Override
		public CompletableFuture<List<ServiceBusReceivedMessage>> peekAsync(int maxMessages, long fromSequenceNumber) {
			return CompletableFuture.completedFuture(peek(maxMessages, fromSequenceNumber));
		}

		@Override
		public int deleteMessages(int maxMessages, OffsetDateTime enqueuedBefore) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletableFuture<Integer> deleteMessagesAsync(int maxMessages, OffsetDateTime enqueuedBefore) {
			throw new UnsupportedOperationException();
		}

		@Override
		public List<ServiceBusReceivedMessage> receiveDeferred(List<Long> sequenceNumbers) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletableFuture<List<ServiceBusReceivedMessage>> receiveDeferredAsync(List<Long> sequenceNumbers) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void settle(ServiceBusReceivedMessage message, Disposition disposition) {
			FakeEntities.this.settled.add(disposition);
		}

		@Override
		public CompletableFuture<Void> settleAsync(ServiceBusReceivedMessage message, Disposition disposition) {
			settle(message, disposition);
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public LockRenewal keepLocked(ServiceBusReceivedMessage message, LockRenewalOptions options) {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServiceBusReceiver withTimeout(Duration timeout) {
			return this;
		}

		@Override
		public void settle(ServiceBusReceivedMessage message, Disposition disposition,
				ServiceBusTransaction transaction) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletableFuture<Void> settleAsync(ServiceBusReceivedMessage message, Disposition disposition,
				ServiceBusTransaction transaction) {
			throw new UnsupportedOperationException();
		}

		@Override
		public OffsetDateTime renewLock(ServiceBusReceivedMessage message) {
			throw new UnsupportedOperationException();
		}

		@Override
		public CompletableFuture<OffsetDateTime> renewLockAsync(ServiceBusReceivedMessage message) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void close() {
			FakeEntities.this.closed++;
		}

	}

}
