package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;

import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.message.ServiceBusMessage;

/**
 * A message that is being put together, and then sent. Not thread-safe; may be sent more
 * than once: each time is a message of its own, with an id of its own unless
 * {@link #messageId} is set.
 */
public interface OutgoingMessage {

	/**
	 * Sets the payload. Without one the body is empty.
	 */
	OutgoingMessage body(Object payload);

	/**
	 * Sets a header by a name of {@link ServiceBusHeaders}, or an application property.
	 */
	OutgoingMessage header(String name, @Nullable Object value);

	/**
	 * Sets headers like {@link #header}.
	 */
	OutgoingMessage headers(Map<String, ? extends @Nullable Object> headers);

	/** Identifies the message, for the application and for duplicate detection. */
	default OutgoingMessage messageId(String messageId) {
		return header(ServiceBusHeaders.MESSAGE_ID, messageId);
	}

	/** Sets the session to which the message belongs. */
	default OutgoingMessage sessionId(String sessionId) {
		return header(ServiceBusHeaders.SESSION_ID, sessionId);
	}

	/** Sets the partition key. */
	default OutgoingMessage partitionKey(String partitionKey) {
		return header(ServiceBusHeaders.PARTITION_KEY, partitionKey);
	}

	/** Sets what the message answers or belongs to. */
	default OutgoingMessage correlationId(String correlationId) {
		return header(ServiceBusHeaders.CORRELATION_ID, correlationId);
	}

	/** Sets what the message is about. */
	default OutgoingMessage subject(String subject) {
		return header(ServiceBusHeaders.SUBJECT, subject);
	}

	/** Sets the media type of the body, if it is not what the converter makes. */
	default OutgoingMessage contentType(String contentType) {
		return header(MessageHeaders.CONTENT_TYPE, contentType);
	}

	/** Sets the entity to which answers should be sent. */
	default OutgoingMessage replyTo(String replyTo) {
		return header(ServiceBusHeaders.REPLY_TO, replyTo);
	}

	/** Sets the session in which answers should be sent. */
	default OutgoingMessage replyToSessionId(String replyToSessionId) {
		return header(ServiceBusHeaders.REPLY_TO_SESSION_ID, replyToSessionId);
	}

	/**
	 * Sets how long to wait for the broker, retries included, and for the reply to a
	 * request.
	 */
	OutgoingMessage timeout(Duration timeout);

	/**
	 * Sets how a send that fails is tried again, and for how long if no
	 * {@linkplain #timeout} is set.
	 */
	OutgoingMessage retry(RetryOptions retry);

	/** Sets how long the message lives. */
	default OutgoingMessage timeToLive(Duration timeToLive) {
		return header(ServiceBusHeaders.TIME_TO_LIVE, timeToLive);
	}

	/**
	 * Changes the message after everything else is set.
	 */
	OutgoingMessage customize(Consumer<ServiceBusMessage.Builder> customizer);

	/**
	 * Sends the message and waits until the broker has it.
	 */
	SentMessage send();

	/**
	 * Sends the message.
	 * @return completes when the broker has it
	 */
	CompletableFuture<SentMessage> sendAsync();

	/**
	 * Lets the message, once it is scheduled, take the place of all that is scheduled on
	 * the same queue under the same key. It is scheduled before the others are taken
	 * back: if that fails, the call fails, and the next one with this key takes back
	 * both. The key travels as application property {@link ScheduledMessage#KEY}. The
	 * whole queue is looked at, so use it for queues of reminders, not for busy ones; it
	 * cannot be done in a transaction, nor on topics.
	 */
	OutgoingMessage scheduleKey(String key);

	/**
	 * Schedules the message.
	 * @return what is needed to take it back or move it
	 */
	ScheduledMessage schedule(OffsetDateTime enqueueTime);

	/**
	 * Schedules the message.
	 * @return completes with what is needed to take it back or move it
	 */
	CompletableFuture<ScheduledMessage> scheduleAsync(OffsetDateTime enqueueTime);

	/**
	 * Sends the message as a request and waits for its reply.
	 * @param replyType what to convert the reply to
	 * @throws ReplyTimeoutException if none came in time
	 * @throws RemoteProblemException if the reply says that the request has failed
	 * @throws IllegalStateException if the template has no {@link ReplyOptions}
	 */
	<T> T request(Class<T> replyType);

	/**
	 * Like {@link #request}. Cancelling the future drops the reply.
	 */
	<T> CompletableFuture<T> requestAsync(Class<T> replyType);

}
