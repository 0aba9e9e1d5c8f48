package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessageErrorException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.management.PeekMessages;
import dev.servicebus.client.management.ReceiveDeferredMessages;
import dev.servicebus.client.management.UpdateDisposition;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Receives on request. Messages come through a source of its own; those that were fetched
 * by sequence number have no link and are settled by their lock token.
 */
final class AmqpReceiver implements ServiceBusReceiver {

	private final ClientCore core;

	private final ManagementNode management;

	private final ReceiveRequests requests;

	private final AmqpMessageSource source;

	/** Lock tokens of messages that were received by their sequence numbers. */
	private final Set<UUID> deferred = ConcurrentHashMap.newKeySet();

	AmqpReceiver(ReceiverContext context) {
		this.core = context.core();
		this.management = context.management().node();
		this.requests = new ReceiveRequests(context.core());
		this.source = new AmqpMessageSource(context, this.requests);
		this.requests.serveFrom(this.source);
	}

	@Override
	public String entityPath() {
		return this.source.entityPath();
	}

	@Override
	public List<ServiceBusReceivedMessage> receive(int maxMessages, Duration maxWait) {
		return this.core.completions()
			.await(where("receive"), (completion) -> this.requests.add(maxMessages, maxWait, completion));
	}

	@Override
	public CompletableFuture<List<ServiceBusReceivedMessage>> receiveAsync(int maxMessages, Duration maxWait) {
		return this.core.completions()
			.async((completion) -> this.requests.add(maxMessages, maxWait, completion), this.requests::giveBack);
	}

	@Override
	public List<ServiceBusReceivedMessage> peek(int maxMessages, long fromSequenceNumber) {
		return this.core.completions()
			.await(where("peek"), (completion) -> this.management
				.call(new PeekMessages(fromSequenceNumber, maxMessages), completion));
	}

	@Override
	public CompletableFuture<List<ServiceBusReceivedMessage>> peekAsync(int maxMessages, long fromSequenceNumber) {
		return this.core.completions()
			.async((completion) -> this.management.call(new PeekMessages(fromSequenceNumber, maxMessages), completion));
	}

	@Override
	public List<ServiceBusReceivedMessage> receiveDeferred(List<Long> sequenceNumbers) {
		return this.core.completions()
			.await(where("receive-deferred"), (completion) -> receiveDeferred(sequenceNumbers, completion));
	}

	@Override
	public CompletableFuture<List<ServiceBusReceivedMessage>> receiveDeferredAsync(List<Long> sequenceNumbers) {
		return this.core.completions().async((completion) -> receiveDeferred(sequenceNumbers, completion));
	}

	private void receiveDeferred(List<Long> sequenceNumbers, Completion<List<ServiceBusReceivedMessage>> completion) {
		this.management.call(
				new ReceiveDeferredMessages(sequenceNumbers, this.source.context().options().receiveMode()),
				new Completion<>() {
					@Override
					public void success(List<ServiceBusReceivedMessage> messages) {
						messages.forEach(AmqpReceiver.this::rememberDeferred);
						completion.success(messages);
					}

					@Override
					public void failure(ServiceBusException failure) {
						completion.failure(failure);
					}
				});
	}

	private void rememberDeferred(ServiceBusReceivedMessage message) {
		if (message.lockToken() != null) {
			this.deferred.add(message.lockToken());
		}
	}

	@Override
	public void settle(ServiceBusReceivedMessage message, Disposition disposition) {
		this.core.completions()
			.await(where(Outcomes.verb(disposition)),
					(Completion<@Nullable Void> completion) -> settle(message, disposition, completion));
	}

	@Override
	public CompletableFuture<Void> settleAsync(ServiceBusReceivedMessage message, Disposition disposition) {
		return this.core.completions().async((completion) -> settle(message, disposition, completion));
	}

	private void settle(ServiceBusReceivedMessage message, Disposition disposition,
			Completion<@Nullable Void> completion) {
		UUID lockToken = message.lockToken();
		if (lockToken == null) {
			this.core.execute(() -> settleUnlocked(message, disposition, completion));
		}
		else if (this.deferred.remove(lockToken)) {
			this.management.call(new UpdateDisposition(List.of(lockToken), disposition), Completion.ofDone(completion));
		}
		else {
			this.core.execute(() -> this.source.settle(message, disposition, completion));
		}
	}

	/**
	 * A message without a lock was peeked, or left the broker when it was received.
	 */
	private void settleUnlocked(ServiceBusReceivedMessage message, Disposition disposition,
			Completion<@Nullable Void> completion) {
		this.source.forget(message);
		completion.failure(new MessageErrorException(where(Outcomes.verb(disposition))
			.withDescription("the message has no lock: it was peeked, or received in mode RECEIVE_AND_DELETE")));
	}

	@Override
	public OffsetDateTime renewLock(ServiceBusReceivedMessage message) {
		return this.core.completions()
			.await(where("renew-lock"),
					(completion) -> this.core.execute(() -> this.source.renewLock(message, completion)));
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewLockAsync(ServiceBusReceivedMessage message) {
		return this.source.renewLock(message);
	}

	@Override
	public void close() {
		this.core.execute(this::end);
	}

	CompletableFuture<Void> whenEnded() {
		return this.source.whenEnded();
	}

	/**
	 * Ends the requests that wait and gives back what was not handed out, on the loop.
	 * @return completes when the settlements under way have ended
	 */
	CompletableFuture<Void> end() {
		this.requests.close();
		return this.source.end();
	}

	private ErrorContext where(String operation) {
		return ErrorContext.of(operation, entityPath());
	}

}
