package dev.servicebus.template;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.MessageNotFoundException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.message.MessageState;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Finds what is scheduled on a queue. The broker has no list of it, so all messages of
 * the queue are looked at, page by page. Thread-safe.
 *
 * @param receiver looks at the messages
 * @param sender takes them back
 */
record ScheduledMessages(ServiceBusReceiver receiver, ServiceBusSender sender) {

	private static final Logger logger = LoggerFactory.getLogger(ScheduledMessages.class);

	private static final int PAGE = 100;

	/**
	 * What is scheduled, fetched as the stream goes on.
	 */
	Stream<ServiceBusReceivedMessage> all() {
		return Stream
			.iterate(this.receiver.peek(PAGE, 0), (page) -> !page.isEmpty(),
					(page) -> this.receiver.peek(PAGE, after(page)))
			.flatMap(List::stream)
			.filter(ScheduledMessages::isScheduled);
	}

	/**
	 * Returns whether a message is scheduled under a number that the broker has told. An
	 * entity with duplicate detection tells one also for a message that it drops.
	 */
	CompletableFuture<Boolean> isThere(long number) {
		return (number <= 0) ? CompletableFuture.completedFuture(false)
				: this.receiver.peekAsync(1, number)
					.thenApply((page) -> page.stream()
						.anyMatch((message) -> message.sequenceNumber() == number && isScheduled(message)));
	}

	/**
	 * The same message under another id, which no entity has seen.
	 */
	static ServiceBusMessage renamed(ServiceBusMessage message) {
		String suffix = "-" + UUID.randomUUID();
		String id = String.valueOf(message.messageId());
		int length = Math.min(id.length(), ServiceBusMessage.MAX_ID_LENGTH - suffix.length());
		return message.mutate().messageId(id.substring(0, length) + suffix).build();
	}

	/**
	 * Takes back what was scheduled before under a key. What somebody else has scheduled
	 * since then stays, and takes the place of this in turn: one is always left.
	 * @param replacement what stays
	 */
	CompletableFuture<ScheduledMessage> replaced(String key, ScheduledMessage replacement) {
		return numbersOf(key, 0, new ArrayList<>()).thenCompose((numbers) -> CompletableFuture.allOf(numbers.stream()
			.filter((number) -> number < replacement.sequenceNumber())
			.map(this::takeBack)
			.toArray(CompletableFuture<?>[]::new))).thenApply((done) -> replacement);
	}

	private CompletableFuture<List<Long>> numbersOf(String key, long from, List<Long> found) {
		return this.receiver.peekAsync(PAGE, from).thenCompose((page) -> {
			if (page.isEmpty()) {
				return CompletableFuture.completedFuture(found);
			}
			page.stream()
				.filter(ScheduledMessages::isScheduled)
				.filter((message) -> key.equals(message.applicationProperties().get(ScheduledMessage.KEY)))
				.forEach((message) -> found.add(message.sequenceNumber()));
			return numbersOf(key, after(page), found);
		});
	}

	/** One that is not there any more has become due, or somebody else was quicker. */
	private CompletableFuture<Void> takeBack(long number) {
		return this.sender.cancelScheduledAsync(number).exceptionallyCompose((failure) -> {
			if (AsyncFailures.unwrap(failure) instanceof MessageNotFoundException) {
				logger.debug("Message {} of '{}' is not scheduled any more", number, this.sender.entityPath());
				return CompletableFuture.completedFuture(null);
			}
			return CompletableFuture.failedFuture(failure);
		});
	}

	private static boolean isScheduled(ServiceBusReceivedMessage message) {
		return message.state() == MessageState.SCHEDULED;
	}

	private static long after(List<ServiceBusReceivedMessage> page) {
		return page.get(page.size() - 1).sequenceNumber() + 1;
	}

}
