package dev.servicebus.listener.invoke;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.springframework.util.StringUtils;

/**
 * Answers requests with what their method returns. A reply goes to the reply-to address
 * of its request, in the session that the request names, or else to the destination of
 * the method; its correlation id is the message id of the request. Thread-safe.
 */
final class Replies {

	private static final Logger logger = LoggerFactory.getLogger(Replies.class);

	private final AtomicBoolean dropped = new AtomicBoolean();

	private final ServiceBusMessageConverter converter;

	private final ReplySender sender;

	private final ReplyDestination otherwise;

	/**
	 * Makes replies.
	 * @param otherwise where replies to requests without a reply-to address go
	 */
	Replies(ServiceBusMessageConverter converter, ReplySender sender, ReplyDestination otherwise) {
		this.converter = converter;
		this.sender = sender;
		this.otherwise = otherwise;
	}

	/**
	 * Sends a reply, if there is a result and somewhere to send it.
	 * @return completes when the broker has the reply, and fails with a
	 * {@link ReplyFailedException} if it has not
	 */
	CompletionStage<Void> reply(ServiceBusReceivedMessage request, @Nullable Object result, String listenerId) {
		if (result == null) {
			return CompletableFuture.completedFuture(null);
		}
		String replyTo = StringUtils.hasText(request.replyTo()) ? request.replyTo() : null;
		String destination = (replyTo != null) ? replyTo : this.otherwise.of(request, result);
		if (destination == null) {
			reportDropped(request, listenerId);
			return CompletableFuture.completedFuture(null);
		}
		String session = (replyTo != null) ? request.replyToSessionId() : null;
		ServiceBusMessage reply = answering(request, this.converter.toServiceBusMessage(result, Map.of()), session);
		return send(destination, reply);
	}

	/** What the result says itself stands. */
	private static ServiceBusMessage answering(ServiceBusReceivedMessage request, ServiceBusMessage reply,
			@Nullable String session) {
		ServiceBusMessage.Builder answer = reply.mutate();
		if (reply.correlationId() == null) {
			String requestId = request.messageId();
			answer.correlationId((requestId != null) ? requestId : request.correlationId());
		}
		if (reply.sessionId() == null && session != null) {
			answer.sessionId(session);
		}
		return answer.build();
	}

	private CompletionStage<Void> send(String destination, ServiceBusMessage reply) {
		try {
			return this.sender.send(destination, reply)
				.exceptionallyCompose((failure) -> CompletableFuture
					.failedFuture(new ReplyFailedException(destination, AsyncResults.causeOf(failure))));
		}
		catch (RuntimeException ex) {
			throw new ReplyFailedException(destination, ex);
		}
	}

	private void reportDropped(ServiceBusReceivedMessage request, String listenerId) {
		if (this.dropped.compareAndSet(false, true)) {
			logger.warn("Listener '{}' returned a result for message {}, which has no reply-to address; results without"
					+ " an address are dropped. Name a destination with @SendTo, or return nothing."
					+ " This is logged once.", listenerId, request.sequenceNumber());
		}
	}

}
