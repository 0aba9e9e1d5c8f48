package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.Waiting;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.transaction.CurrentTransaction;

/**
 * The usual way to send and receive messages in an application. Thread-safe; one is
 * enough for all destinations of a namespace.
 *
 * <p>
 * Keeps one receiver for each destination that it has received from, and closes them with
 * itself. Senders are the client's.
 */
public final class ServiceBusTemplate implements ServiceBusOperations, AutoCloseable {

	private final MessagingClient client;

	private final TemplateOptions options;

	private final Sending sending;

	private final Receiving receiving;

	private final Answering answering;

	private final SessionStates sessions;

	private final @Nullable Requests requests;

	/**
	 * Makes a template with default options.
	 * @param client sends and receives; closed by its owner
	 * @param converter converts payloads and headers
	 */
	public ServiceBusTemplate(MessagingClient client, ServiceBusMessageConverter converter) {
		this(client, converter, TemplateOptions.DEFAULT);
	}

	/**
	 * Makes a template.
	 * @param client sends and receives; closed by its owner
	 * @param converter converts payloads and headers
	 */
	public ServiceBusTemplate(MessagingClient client, ServiceBusMessageConverter converter, TemplateOptions options) {
		this(client, converter, options, ServiceBusTemplate::schedule);
	}

	/**
	 * Makes a template.
	 * @param client sends and receives; closed by its owner
	 * @param converter converts payloads and headers
	 * @param timer times replies
	 */
	public ServiceBusTemplate(MessagingClient client, ServiceBusMessageConverter converter, TemplateOptions options,
			ReplyTimer timer) {
		this.client = Objects.requireNonNull(client, "client");
		this.options = Objects.requireNonNull(options, "options");
		this.sending = new Sending(client, Objects.requireNonNull(converter, "converter"), options);
		this.receiving = new Receiving(client, converter, options.observations());
		this.answering = new Answering(this.receiving, this.sending);
		this.sessions = new SessionStates(client, converter);
		ReplyOptions replies = options.replies();
		this.requests = (replies != null) ? new Requests(client, timer, replies) : null;
	}

	@Override
	public SentMessage send(Object payload) {
		return send(this.sending.destinationOf(payload), payload, Map.of());
	}

	@Override
	public SentMessage send(String destination, Object payload, Map<String, ? extends @Nullable Object> headers) {
		return this.sending.outlet(destination).send(this.sending.message(payload, headers));
	}

	@Override
	public CompletableFuture<SentMessage> sendAsync(Object payload) {
		return sendAsync(this.sending.destinationOf(payload), payload);
	}

	@Override
	public CompletableFuture<SentMessage> sendAsync(String destination, Object payload) {
		return this.sending.outlet(destination).sendAsync(this.sending.message(payload, Map.of()));
	}

	@Override
	public SendAllResult sendAll(String destination, Collection<?> payloads) {
		return Waiting.await(sendAllAsync(destination, payloads), ErrorContext.of("send", destination));
	}

	@Override
	public CompletableFuture<SendAllResult> sendAllAsync(String destination, Collection<?> payloads) {
		return this.sending.sendAll(destination, payloads);
	}

	@Override
	public <T> T executeInTransaction(Function<ServiceBusOperations, T> work) {
		if (CurrentTransaction.of(this.client) != null) {
			return work.apply(this);
		}
		try (ServiceBusTransaction transaction = this.client.beginTransaction()) {
			T result;
			try (CurrentTransaction.Binding binding = CurrentTransaction.bind(this.client, transaction)) {
				result = work.apply(this);
			}
			transaction.commit();
			return result;
		}
	}

	@Override
	public OutgoingMessage message() {
		return new MessageSpec(this.sending, null, this.requests, this::scheduled);
	}

	@Override
	public OutgoingMessage to(String destination) {
		return new MessageSpec(this.sending, Objects.requireNonNull(destination, "destination"), this.requests,
				this::scheduled);
	}

	@Override
	public ScheduledMessage schedule(String destination, Object payload, OffsetDateTime enqueueTime) {
		return to(destination).body(payload).schedule(enqueueTime);
	}

	@Override
	public void cancel(ScheduledMessage message) {
		this.sending.sender(message.destination()).cancelScheduled(message.sequenceNumber());
	}

	@Override
	public ScheduledMessage move(ScheduledMessage message, OffsetDateTime enqueueTime) {
		return new Rescheduling(this.sending.sender(message.destination()),
				this.receiving.receiver(message.destination()))
			.move(message, enqueueTime);
	}

	@Override
	public Stream<ServiceBusReceivedMessage> peekScheduled(String queue) {
		return scheduled(queue).all();
	}

	private ScheduledMessages scheduled(String queue) {
		return new ScheduledMessages(this.receiving.receiver(queue), this.sending.sender(queue));
	}

	@Override
	public <T> @Nullable T receive(String destination, Class<T> type, Duration timeout) {
		return this.receiving.one(destination, type, timeout);
	}

	@Override
	public <T, R> @Nullable R receive(String destination, Class<T> type, Duration timeout, Function<T, R> handler) {
		return this.receiving.with(destination, timeout, this.receiving.as(type), handler);
	}

	@Override
	public <T> boolean receiveAndReply(String destination, Class<T> type, Duration timeout,
			Function<T, @Nullable Object> handler) {
		return this.answering.next(destination, type, timeout, handler);
	}

	@Override
	public <T> List<T> receiveMany(String destination, Class<T> type, int maxMessages, Duration timeout) {
		return this.receiving.many(destination, type, maxMessages, timeout);
	}

	@Override
	public List<ServiceBusReceivedMessage> receiveMessages(String destination, int maxMessages, Duration timeout) {
		return this.receiving.messages(destination, maxMessages, timeout);
	}

	@Override
	public <T> List<T> receiveDeferred(String destination, Class<T> type, List<Long> sequenceNumbers) {
		return this.receiving.deferred(destination, type, sequenceNumbers);
	}

	@Override
	public List<ServiceBusReceivedMessage> peek(String destination, int maxMessages, long fromSequenceNumber) {
		return this.receiving.receiver(destination).peek(maxMessages, fromSequenceNumber);
	}

	@Override
	public <T> T request(String destination, Object payload, Class<T> replyType) {
		return to(destination).body(payload).request(replyType);
	}

	@Override
	public <T> CompletableFuture<T> requestAsync(String destination, Object payload, Class<T> replyType) {
		return to(destination).body(payload).requestAsync(replyType);
	}

	@Override
	public <T> @Nullable T getSessionState(String destination, String sessionId, Class<T> type) {
		return this.sessions.get(destination, sessionId, type);
	}

	@Override
	public void setSessionState(String destination, String sessionId, @Nullable Object state) {
		this.sessions.set(destination, sessionId, state);
	}

	/**
	 * Closes the receivers, and ends requests that wait. Harmless when repeated.
	 */
	@Override
	public void close() {
		this.receiving.close();
		if (this.requests != null) {
			this.requests.close();
		}
	}

	private static CompletableFuture<Void> schedule(Duration delay, Runnable task) {
		return CompletableFuture.runAsync(task,
				CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS));
	}

}
