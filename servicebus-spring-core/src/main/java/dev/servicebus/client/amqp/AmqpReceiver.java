package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.LockRenewal;
import dev.servicebus.client.LockRenewalOptions;
import dev.servicebus.client.MessageErrorException;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.management.DeleteMessages;
import dev.servicebus.client.management.PeekMessages;
import dev.servicebus.client.management.ReceiveDeferredMessages;
import dev.servicebus.client.management.UpdateDisposition;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Receives on request. Messages come through a source of its own; those that were fetched
 * by sequence number have no link and are settled by their lock token.
 */
class AmqpReceiver implements ServiceBusReceiver {

	/** How many messages a stream fetches beyond the one that it hands out. */
	private static final int STREAM_AHEAD = 15;

	private final ClientCore core;

	private final ReceiverManagement management;

	private final AmqpMessageSource source;

	private final ReceiveRequests requests;

	private final Duration timeout;

	/** Messages that were received by their sequence numbers, by their lock tokens. */
	private final Map<UUID, DeferredMessage> deferred;

	AmqpReceiver(AmqpMessageSource source, ReceiveRequests requests) {
		ReceiverContext context = source.context();
		this.core = context.core();
		this.management = context.management();
		this.source = source;
		this.requests = requests;
		this.deferred = new ConcurrentHashMap<>();
		this.timeout = context.core().operationTimeout();
	}

	/**
	 * The same receiver with another time limit.
	 */
	AmqpReceiver(AmqpReceiver same, Duration timeout) {
		this.core = same.core;
		this.management = same.management;
		this.source = same.source;
		this.requests = same.requests;
		this.deferred = same.deferred;
		this.timeout = WorkTerms.requirePositive(timeout);
	}

	/**
	 * Makes a receiver of an entity.
	 */
	static AmqpReceiver of(ReceiverContext context) {
		ReceiveRequests requests = new ReceiveRequests(context.core());
		AmqpMessageSource source = new AmqpMessageSource(context, requests);
		requests.serveFrom(source);
		return new AmqpReceiver(source, requests);
	}

	@Override
	public String entityPath() {
		return this.source.entityPath();
	}

	@Override
	public ReceiverOptions options() {
		return this.source.context().options();
	}

	@Override
	public List<ServiceBusReceivedMessage> receive(int maxMessages, Duration maxWait) {
		return receive(new ReceiveCall(this, ReceiveLimits.of(maxMessages, maxWait)));
	}

	private List<ServiceBusReceivedMessage> receive(ReceiveCall call) {
		return this.core.completions().await(where("receive"), call, call);
	}

	@Override
	public Stream<ServiceBusReceivedMessage> stream(Duration maxWait) {
		boolean canGoBack = this.source.context().isPeekLock();
		int ahead = (canGoBack && options().prefetch() == 0) ? STREAM_AHEAD : 0;
		ReceiveLimits limits = new ReceiveLimits(1, ahead, maxWait);
		return Stream.generate(() -> receive(new ReceiveCall(this, limits)))
			.takeWhile((messages) -> !messages.isEmpty())
			.flatMap(List::stream)
			.onClose(this.requests::streamEnded);
	}

	@Override
	public CompletableFuture<List<ServiceBusReceivedMessage>> receiveAsync(int maxMessages, Duration maxWait) {
		ReceiveCall call = new ReceiveCall(this, ReceiveLimits.of(maxMessages, maxWait));
		return this.core.completions().async(where("receive"), call, call);
	}

	/**
	 * Lets the messages of a result be settled through a receiver.
	 */
	static Completion<List<ServiceBusReceivedMessage>> ownedBy(ServiceBusReceiver receiver,
			Completion<List<ServiceBusReceivedMessage>> completion) {
		return Completion.map(completion, (messages) -> {
			messages.forEach((message) -> message.settledBy(receiver));
			return messages;
		});
	}

	ReceiveRequests requests() {
		return this.requests;
	}

	@Override
	public List<ServiceBusReceivedMessage> peek(int maxMessages, long fromSequenceNumber) {
		return this.core.completions()
			.await(where("peek"), (completion) -> peek(maxMessages, fromSequenceNumber, completion));
	}

	@Override
	public CompletableFuture<List<ServiceBusReceivedMessage>> peekAsync(int maxMessages, long fromSequenceNumber) {
		return this.core.completions()
			.async(where("peek"), (completion) -> peek(maxMessages, fromSequenceNumber, completion));
	}

	private void peek(int maxMessages, long fromSequenceNumber,
			Completion<List<ServiceBusReceivedMessage>> completion) {
		this.management.call(new PeekMessages(fromSequenceNumber, maxMessages, this.management.sessionId()),
				this.timeout, ownedBy(this, completion));
	}

	@Override
	public int deleteMessages(int maxMessages, OffsetDateTime enqueuedBefore) {
		DeleteMessages request = deletion(maxMessages, enqueuedBefore);
		return this.core.completions()
			.await(where("delete"), (completion) -> this.management.call(request, this.timeout, completion));
	}

	@Override
	public CompletableFuture<Integer> deleteMessagesAsync(int maxMessages, OffsetDateTime enqueuedBefore) {
		DeleteMessages request = deletion(maxMessages, enqueuedBefore);
		return this.core.completions()
			.async(where("delete"), (completion) -> this.management.call(request, this.timeout, completion));
	}

	private DeleteMessages deletion(int maxMessages, OffsetDateTime enqueuedBefore) {
		return new DeleteMessages(maxMessages, enqueuedBefore.toInstant(), this.management.sessionId());
	}

	@Override
	public List<ServiceBusReceivedMessage> receiveDeferred(List<Long> sequenceNumbers) {
		return this.core.completions()
			.await(where("receive-deferred"), (completion) -> receiveDeferred(sequenceNumbers, completion),
					this::deferAgain);
	}

	@Override
	public CompletableFuture<List<ServiceBusReceivedMessage>> receiveDeferredAsync(List<Long> sequenceNumbers) {
		return this.core.completions()
			.async(where("receive-deferred"), (completion) -> receiveDeferred(sequenceNumbers, completion),
					this::deferAgain);
	}

	/**
	 * A deferred message that is abandoned is deferred as before, without a lock.
	 */
	private void deferAgain(List<ServiceBusReceivedMessage> unwanted) {
		for (ServiceBusReceivedMessage message : unwanted) {
			if (message.lockToken() != null) {
				settle(message, settlement(new Disposition.Abandon(Map.of()), null), Completion.ignored());
			}
		}
	}

	private void receiveDeferred(List<Long> sequenceNumbers, Completion<List<ServiceBusReceivedMessage>> completion) {
		ReceiveDeferredMessages request = new ReceiveDeferredMessages(sequenceNumbers, options().receiveMode(),
				this.management.sessionId());
		this.management.call(request, this.timeout, Completion.map(ownedBy(this, completion), (messages) -> {
			messages.forEach(this::rememberDeferred);
			return messages;
		}));
	}

	private void rememberDeferred(ServiceBusReceivedMessage message) {
		if (message.lockToken() != null) {
			this.deferred.put(message.lockToken(), new DeferredMessage(message, this.management.node().messageLocks()));
		}
	}

	@Override
	public void settle(ServiceBusReceivedMessage message, Disposition disposition) {
		this.core.completions()
			.await(where(Outcomes.verb(disposition)), (Completion<@Nullable Void> completion) -> settle(message,
					settlement(disposition, null), completion));
	}

	@Override
	public CompletableFuture<Void> settleAsync(ServiceBusReceivedMessage message, Disposition disposition) {
		return this.core.completions()
			.async(where(Outcomes.verb(disposition)),
					(completion) -> settle(message, settlement(disposition, null), completion));
	}

	@Override
	public void settle(ServiceBusReceivedMessage message, Disposition disposition, ServiceBusTransaction transaction) {
		Settlement settlement = settlement(disposition, transaction);
		this.core.completions()
			.await(where(Outcomes.verb(disposition)),
					(Completion<@Nullable Void> completion) -> settle(message, settlement, completion));
	}

	@Override
	public CompletableFuture<Void> settleAsync(ServiceBusReceivedMessage message, Disposition disposition,
			ServiceBusTransaction transaction) {
		Settlement settlement = settlement(disposition, transaction);
		return this.core.completions()
			.async(where(Outcomes.verb(disposition)), (completion) -> settle(message, settlement, completion));
	}

	private Settlement settlement(Disposition disposition, @Nullable ServiceBusTransaction transaction) {
		TransactionLife life = (transaction != null) ? AmqpTransaction.of(transaction, this.core) : null;
		return new Settlement(disposition, this.core.terms().withTimeLeft(this.timeout).in(life));
	}

	private void settle(ServiceBusReceivedMessage message, Settlement settlement,
			Completion<@Nullable Void> completion) {
		Disposition disposition = settlement.disposition();
		UUID lockToken = message.lockToken();
		DeferredMessage byNumber = (lockToken != null) ? this.deferred.remove(lockToken) : null;
		if (lockToken == null) {
			this.core.execute(() -> settleUnlocked(message, disposition, completion));
		}
		else if (byNumber != null) {
			this.core.execute(() -> settleByNumber(byNumber, settlement, completion));
		}
		else if (settlement.terms().transaction() == null && !this.source.context().terms().locksMessages()
				&& disposition.returnsMessage()) {
			this.core
				.execute(() -> this.source.putBack(message, disposition, this.requests::discardFetched, completion));
		}
		else {
			this.core.execute(() -> this.source.unsettled().settle(message, settlement, completion));
		}
	}

	private void settleByNumber(DeferredMessage message, Settlement settlement, Completion<@Nullable Void> completion) {
		UUID lockToken = Objects.requireNonNull(message.lockToken());
		message.stopRenewal();
		TransactionLife transaction = settlement.terms().transaction();
		if (transaction != null) {
			transaction.whenGivenUp(() -> this.deferred.put(lockToken, message));
		}
		UpdateDisposition request = new UpdateDisposition(List.of(lockToken), settlement.disposition(),
				this.management.sessionId());
		settlement.terms()
			.run(where(request.operation()), completion,
					(begun) -> this.management.call(request, settlement.terms(), Completion.ofDone(begun)));
	}

	/**
	 * A message without a lock was peeked, or left the broker when it was received.
	 */
	private void settleUnlocked(ServiceBusReceivedMessage message, Disposition disposition,
			Completion<@Nullable Void> completion) {
		this.source.unsettled().forget(message);
		completion.failure(new MessageErrorException(where(Outcomes.verb(disposition))
			.withDescription("the message has no lock: it was peeked, or received in mode RECEIVE_AND_DELETE")));
	}

	@Override
	public OffsetDateTime renewLock(ServiceBusReceivedMessage message) {
		return this.core.completions()
			.await(where("renew-lock"), (completion) -> this.core
				.execute(() -> this.source.unsettled().locks().renew(message, this.timeout, completion)));
	}

	@Override
	public CompletableFuture<OffsetDateTime> renewLockAsync(ServiceBusReceivedMessage message) {
		return this.core.completions()
			.async(where("renew-lock"), (completion) -> this.core
				.execute(() -> this.source.unsettled().locks().renew(message, this.timeout, completion)));
	}

	@Override
	public LockRenewal keepLocked(ServiceBusReceivedMessage message, LockRenewalOptions options) {
		UUID lockToken = message.lockToken();
		ReceiverContext context = this.source.context();
		if (lockToken == null || !context.terms().locksMessages()) {
			throw new IllegalArgumentException((lockToken == null)
					? "The message has no lock: it was peeked, or received in mode RECEIVE_AND_DELETE"
					: "The message is locked with its session: register the session");
		}
		if (!context.options().maxLockRenewal().isZero()) {
			throw new IllegalStateException("The receiver renews the locks of its messages itself");
		}
		LockKeeping keeping = new LockKeeping(this.core, options);
		DeferredMessage byNumber = this.deferred.get(lockToken);
		this.core.execute((byNumber != null) ? () -> byNumber.keptBy(keeping)
				: () -> this.source.unsettled().locks().keep(message, keeping));
		return keeping;
	}

	@Override
	public ServiceBusReceiver withTimeout(Duration newTimeout) {
		return new AmqpReceiver(this, newTimeout);
	}

	@Override
	public void close() {
		this.core.executeUnlessEnded(this::end);
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
