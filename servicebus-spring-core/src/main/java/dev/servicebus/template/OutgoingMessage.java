package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusMessage;

/**
 * A message that is being put together, and then sent. Not thread-safe; may be sent more
 * than once.
 */
public interface OutgoingMessage {

	/**
	 * Sets the payload. Without one the body is empty.
	 */
	OutgoingMessage body(Object payload);

	/**
	 * Sets a header by a name of {@link dev.servicebus.converter.ServiceBusHeaders}, or
	 * an application property.
	 */
	OutgoingMessage header(String name, @Nullable Object value);

	/**
	 * Sets headers like {@link #header}.
	 */
	OutgoingMessage headers(Map<String, ? extends @Nullable Object> headers);

	/** Identifies the message, for the application and for duplicate detection. */
	OutgoingMessage messageId(String messageId);

	/** Sets the session to which the message belongs. */
	OutgoingMessage sessionId(String sessionId);

	/** Sets the partition key. */
	OutgoingMessage partitionKey(String partitionKey);

	/** Sets what the message answers or belongs to. */
	OutgoingMessage correlationId(String correlationId);

	/** Sets what the message is about. */
	OutgoingMessage subject(String subject);

	/** Sets the media type of the body, if it is not what the converter makes. */
	OutgoingMessage contentType(String contentType);

	/** Sets the entity to which answers should be sent. */
	OutgoingMessage replyTo(String replyTo);

	/** Sets the session in which answers should be sent. */
	OutgoingMessage replyToSessionId(String replyToSessionId);

	/**
	 * Sets how long to wait for the broker, retries included, and for the reply to a
	 * request.
	 */
	OutgoingMessage timeout(Duration timeout);

	/** Sets how long the message lives. */
	OutgoingMessage timeToLive(Duration timeToLive);

	/**
	 * Changes the message after everything else is set.
	 */
	OutgoingMessage customize(Consumer<ServiceBusMessage.Builder> customizer);

	/**
	 * Sends the message and waits until the broker has it.
	 */
	void send();

	/**
	 * Sends the message.
	 * @return completes when the broker has it
	 */
	CompletableFuture<Void> sendAsync();

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
