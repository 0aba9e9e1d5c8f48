package dev.servicebus.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.ServiceBusCommunicationException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusMessageBatch;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.message.ServiceBusMessage;

/**
 * Sends any number of messages in as few batches as their sizes allow. A batch holds
 * messages of one session and one partition key, as the service demands; those of the
 * same keep their order. Confined to one call.
 */
final class BulkSend {

	private final ServiceBusSender sender;

	private final List<Item> items = new ArrayList<>();

	BulkSend(ServiceBusSender sender) {
		this.sender = sender;
	}

	void add(Object payload, ServiceBusMessage message) {
		this.items.add(new Item(payload, message));
	}

	/**
	 * Sends what was added. The batches of one session or key go one after another, so
	 * that a failure does not let later messages overtake; different ones go together.
	 */
	CompletableFuture<SendAllResult> send() {
		Map<Group, List<Item>> groups = new LinkedHashMap<>();
		for (Item item : this.items) {
			groups.computeIfAbsent(Group.of(item.message), (group) -> new ArrayList<>()).add(item);
		}
		return CompletableFuture.allOf(groups.values().stream().map(this::send).toArray(CompletableFuture[]::new))
			.thenApply((sent) -> new SendAllResult(this.items.stream().map(Item::entry).toList()));
	}

	private CompletableFuture<Void> send(List<Item> group) {
		return this.sender.createMessageBatchAsync().handle((batch, failure) -> {
			if (batch == null) {
				fail(group, failure);
				return CompletableFuture.<Void>completedFuture(null);
			}
			return send(group, batch);
		}).thenCompose((sent) -> sent);
	}

	private CompletableFuture<Void> send(List<Item> group, ServiceBusMessageBatch batch) {
		int count = fill(batch, group);
		List<Item> rest = group.subList(count, group.size());
		if (batch.count() == 0) {
			return rest.isEmpty() ? CompletableFuture.completedFuture(null) : send(rest);
		}
		List<Item> sent = group.subList(0, count).stream().filter((item) -> item.failure == null).toList();
		return this.sender.sendAsync(batch).handle((result, failure) -> {
			if (failure != null) {
				fail(sent, failure);
			}
			return rest.isEmpty() ? CompletableFuture.<Void>completedFuture(null) : send(rest);
		}).thenCompose((next) -> next);
	}

	/** Adds items until one does not fit; one that fits no batch fails alone. */
	private int fill(ServiceBusMessageBatch batch, List<Item> group) {
		int count = 0;
		for (Item item : group) {
			if (!batch.tryAdd(item.message)) {
				if (batch.count() > 0) {
					return count;
				}
				item.failure = new MessageSizeExceededException(ErrorContext.of("send", this.sender.entityPath())
					.withDescription("the message does not fit into a batch of " + batch.maxSizeInBytes() + " bytes"));
			}
			count++;
		}
		return count;
	}

	private void fail(List<Item> failed, Throwable failure) {
		Throwable cause = AsyncFailures.unwrap(failure);
		ServiceBusException reason = (cause instanceof ServiceBusException known) ? known
				: new ServiceBusCommunicationException(
						ErrorContext.of("send", this.sender.entityPath()).withDescription(cause.toString()), cause);
		failed.forEach((item) -> item.failure = reason);
	}

	/** What may share a batch. */
	private record Group(@Nullable String sessionId, @Nullable String partitionKey) {

		static Group of(ServiceBusMessage message) {
			return new Group(message.sessionId(), message.partitionKey());
		}

	}

	private static final class Item {

		private final Object payload;

		private final ServiceBusMessage message;

		private volatile @Nullable ServiceBusException failure;

		Item(Object payload, ServiceBusMessage message) {
			this.payload = payload;
			this.message = message;
		}

		SendAllResult.Entry entry() {
			return new SendAllResult.Entry(this.payload, this.message.messageId(), this.failure);
		}

	}

}
