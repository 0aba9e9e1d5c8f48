package dev.servicebus.listener.invoke;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.MessageBuilder;

import dev.servicebus.converter.ReplyTo;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.listener.reply.Answers;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Answers requests with what their method returns. A reply goes to the reply-to address
 * of its request, in the session that the request names, or else to the destination of
 * the method. Thread-safe.
 */
final class Replies {

	private static final Logger logger = LoggerFactory.getLogger(Replies.class);

	private final AtomicBoolean dropped = new AtomicBoolean();

	private final ServiceBusMessageConverter converter;

	private final Answers answers;

	private final ReplyDestination otherwise;

	private final String contentType;

	Replies(ServiceBusMessageConverter converter, Answers answers, ReplyTerms terms, BeanFactory beanFactory) {
		this.converter = converter;
		this.answers = answers;
		this.otherwise = ReplyDestination.parse(terms.sendTo(), beanFactory);
		this.contentType = terms.contentType();
	}

	/**
	 * Sends a reply, if there is a result and somewhere to send it.
	 * @return completes when the broker has the reply, and fails with a
	 * {@link dev.servicebus.listener.reply.ReplyFailedException} if it has not
	 */
	CompletionStage<Void> reply(ServiceBusReceivedMessage request, @Nullable Object result, String listenerId) {
		if (result == null) {
			return CompletableFuture.completedFuture(null);
		}
		ReplyTo asked = this.answers.addressOf(request);
		ReplyTo destination = (asked != null) ? asked : declared(request, result);
		if (destination == null) {
			reportDropped(request, listenerId);
			return CompletableFuture.completedFuture(null);
		}
		return this.answers.send(request, converted(result), destination, listenerId);
	}

	private @Nullable ReplyTo declared(ServiceBusReceivedMessage request, Object result) {
		String destination = this.otherwise.of(request, result);
		return (destination != null) ? new ReplyTo(destination, null) : null;
	}

	private ServiceBusMessage converted(Object result) {
		if (this.contentType.isEmpty()) {
			return this.converter.toServiceBusMessage(result, Map.of());
		}
		if (result instanceof ServiceBusMessage message) {
			return (message.contentType() != null) ? message : message.mutate().contentType(this.contentType).build();
		}
		MessageBuilder<?> typed = (result instanceof Message<?> message) ? MessageBuilder.fromMessage(message)
				: MessageBuilder.withPayload(result);
		return this.converter.toServiceBusMessage(
				typed.setHeaderIfAbsent(MessageHeaders.CONTENT_TYPE, this.contentType).build(), Map.of());
	}

	private void reportDropped(ServiceBusReceivedMessage request, String listenerId) {
		if (this.dropped.compareAndSet(false, true)) {
			logger.warn("Listener '{}' returned a result for message {}, which has no reply-to address; results without"
					+ " an address are dropped. Name a destination with @SendTo, or return nothing."
					+ " This is logged once.", listenerId, request.sequenceNumber());
		}
	}

}
