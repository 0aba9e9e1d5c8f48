package dev.servicebus.template;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.MessagingClient;

import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Requests that wait for their replies, which name them as their correlation id.
 * Thread-safe.
 */
final class Requests implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Requests.class);

	private final Map<String, CompletableFuture<ServiceBusReceivedMessage>> waiting = new ConcurrentHashMap<>();

	private final ReplyIntake intake;

	private final ReplyTimer timer;

	private final ReplyOptions options;

	Requests(MessagingClient client, ReplyTimer timer, ReplyOptions options) {
		this.timer = timer;
		this.options = options;
		String sessionId = options.sessionId();
		this.intake = (sessionId != null) ? new SessionReplies(client, timer, options.queue(), sessionId)
				: new QueueReplies(client, options.queue());
	}

	/**
	 * Sends a request.
	 * @param timeout how long to wait for the reply, {@code null} for the default; the
	 * request lives no longer unless it says so itself
	 * @return completes with the reply; cancelling it drops the reply
	 */
	CompletableFuture<ServiceBusReceivedMessage> send(Outlet outlet, ServiceBusMessage message,
			@Nullable Duration timeout) {
		Duration limit = (timeout != null) ? timeout : this.options.timeout();
		ServiceBusMessage request = outlet.intercept(request(message, limit));
		String id = String.valueOf(request.messageId());
		CompletableFuture<ServiceBusReceivedMessage> reply = new CompletableFuture<>();
		if (this.waiting.putIfAbsent(id, reply) != null) {
			throw outlet.failed(request,
					new IllegalStateException("A request with the message id '" + id + "' is waiting for its reply"));
		}
		Future<?> deadline = this.timer.schedule(limit, () -> reply.completeExceptionally(late(outlet, limit)));
		reply.whenComplete((received, failure) -> {
			this.waiting.remove(id);
			deadline.cancel(false);
		});
		this.intake.open(this::replied);
		outlet.sendIntercepted(request).whenComplete((sent, failure) -> {
			if (failure != null) {
				reply.completeExceptionally(AsyncFailures.unwrap(failure));
			}
		});
		return reply;
	}

	private ServiceBusMessage request(ServiceBusMessage message, Duration limit) {
		ServiceBusMessage.Builder request = message.mutate().replyTo(this.options.queue());
		if (this.options.sessionId() != null) {
			request.replyToSessionId(this.options.sessionId());
		}
		if (message.messageId() == null) {
			request.messageId(UUID.randomUUID().toString());
		}
		if (message.timeToLive() == null) {
			request.timeToLive(limit);
		}
		return request.build();
	}

	private void replied(ServiceBusReceivedMessage reply) {
		String id = reply.correlationId();
		CompletableFuture<ServiceBusReceivedMessage> request = (id != null) ? this.waiting.get(id) : null;
		if (request == null || !request.complete(reply)) {
			logger.debug("Message {} in '{}' is the reply to no request that waits, and is dropped",
					reply.sequenceNumber(), this.options.queue());
		}
	}

	private ReplyTimeoutException late(Outlet outlet, Duration limit) {
		return new ReplyTimeoutException(ErrorContext.of("request", outlet.destination())
			.withDescription("no reply came to '" + this.options.queue() + "' within " + limit));
	}

	/**
	 * Ends all requests that wait.
	 */
	@Override
	public void close() {
		this.intake.close();
		this.waiting.values()
			.forEach((request) -> request
				.completeExceptionally(new IllegalStateException("The template is closed; no reply is received")));
	}

}
