package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Sends and receives messages. Thread-safe.
 *
 * <p>
 * A payload is any object that the converter takes; a Spring {@code Message} contributes
 * its headers, and a {@code ServiceBusMessage} is sent as it is. A destination is a queue
 * or topic; to receive and peek, also a subscription such as
 * {@code events/Subscriptions/audit}, and a dead-letter queue such as
 * {@code orders/$DeadLetterQueue}.
 *
 * <p>
 * Methods that take no destination use that of the type of the payload
 * ({@link PayloadDestinations}), or else the default one, and fail with an
 * {@link IllegalStateException} if there is none. All fail with a
 * {@code MessageConversionException} if a payload or header cannot be converted, and with
 * a {@link dev.servicebus.client.ServiceBusException} if the operation fails or takes
 * longer than the {@linkplain TemplateOptions#timeout() timeout}; futures fail with the
 * latter.
 */
public interface ServiceBusOperations {

	/**
	 * Sends a message to the destination of its payload and waits until the broker has
	 * it.
	 */
	SentMessage send(Object payload);

	/**
	 * Sends a message and waits until the broker has it.
	 */
	default SentMessage send(String destination, Object payload) {
		return send(destination, payload, Map.of());
	}

	/**
	 * Sends a message with headers and waits until the broker has it.
	 * @param headers headers by the names of
	 * {@link dev.servicebus.converter.ServiceBusHeaders}, or application properties
	 */
	SentMessage send(String destination, Object payload, Map<String, ? extends @Nullable Object> headers);

	/**
	 * Sends a message to the destination of its payload.
	 * @return completes when the broker has it
	 */
	CompletableFuture<SentMessage> sendAsync(Object payload);

	/**
	 * Sends a message.
	 * @return completes when the broker has it
	 */
	CompletableFuture<SentMessage> sendAsync(String destination, Object payload);

	/**
	 * Sends any number of messages in as few batches as possible, and waits for all of
	 * them. Nothing is sent if one of them cannot be converted.
	 * @return what became of each
	 */
	SendAllResult sendAll(String destination, Collection<?> payloads);

	/**
	 * Like {@link #sendAll}.
	 * @return completes, never with a failure of the broker, when each of them has
	 * succeeded or failed
	 */
	CompletableFuture<SendAllResult> sendAllAsync(String destination, Collection<?> payloads);

	/**
	 * Does what is sent, scheduled and completed in {@code work}, on its thread and
	 * through this object, as a whole when it returns, and not at all when it throws.
	 * Within the transaction of a listener or a method it takes part in that.
	 * @return what {@code work} returns
	 * @throws dev.servicebus.client.TransactionException if nothing was done
	 * @throws dev.servicebus.client.UnknownOutcomeException if nobody knows whether
	 * everything was done or nothing
	 */
	<T> T executeInTransaction(Function<ServiceBusOperations, T> work);

	/**
	 * Begins a message to the destination of its payload.
	 */
	OutgoingMessage message();

	/**
	 * Begins a message: {@code to("orders").body(order).messageId("7").send()}.
	 */
	OutgoingMessage to(String destination);

	/**
	 * Schedules a message.
	 * @return what is needed to take it back or move it
	 */
	ScheduledMessage schedule(String destination, Object payload, OffsetDateTime enqueueTime);

	/**
	 * Takes a scheduled message back.
	 * @throws dev.servicebus.client.MessageNotFoundException if it is not scheduled any
	 * more
	 */
	void cancel(ScheduledMessage message);

	/**
	 * Moves a scheduled message to another time. It is scheduled anew before the old one
	 * is taken back, so that it is never lost: if this fails in between, with an unknown
	 * outcome, it may come twice. It keeps its message id, unless the entity detects
	 * duplicates and would drop it.
	 * @return the message at its new time; the old value is of no use any more
	 * @throws dev.servicebus.client.MessageNotFoundException if it is not scheduled any
	 * more
	 */
	ScheduledMessage move(ScheduledMessage message, OffsetDateTime enqueueTime);

	/**
	 * Looks at what is scheduled on a queue and not due yet, in the order of sequence
	 * numbers. All messages of the queue are looked at, a page when the stream gets
	 * there. {@link ScheduledMessage#of} makes what can be cancelled or moved.
	 */
	Stream<ServiceBusReceivedMessage> peekScheduled(String queue);

	/**
	 * Receives the next message, converts it and completes it; it is gone when this
	 * method returns. A message that cannot be converted is moved to the dead-letter
	 * queue with the reason.
	 * @param type what to convert the body to, or {@link ServiceBusReceivedMessage}
	 * @param timeout how long to wait for a message
	 * @return the payload, {@code null} if no message came in time
	 */
	<T> @Nullable T receive(String destination, Class<T> type, Duration timeout);

	/**
	 * Receives the next message and hands it to {@code handler}: it is completed when
	 * that returns, and abandoned when that throws. Must be done before the lock of the
	 * message expires.
	 * @return what the handler returns, {@code null} if no message came in time
	 */
	<T, R> @Nullable R receive(String destination, Class<T> type, Duration timeout, Function<T, R> handler);

	/**
	 * Receives the next message as a request and sends what {@code handler} returns as
	 * its reply, to the address and in the session that the request names. The request is
	 * completed when the broker has the reply, and abandoned when the handler throws or
	 * the reply cannot be sent. One that cannot be converted, or has no address that a
	 * reply can be sent to, is dead-lettered. Must be done before the lock of the request
	 * expires.
	 * @param handler makes the reply, or returns {@code null} for none
	 * @return whether a request came in time
	 */
	<T> boolean receiveAndReply(String destination, Class<T> type, Duration timeout,
			Function<T, @Nullable Object> handler);

	/**
	 * Receives several messages like {@link #receive(String, Class, Duration)}; those
	 * that cannot be converted are dead-lettered and left out.
	 * @param maxMessages the most that are received
	 * @param timeout how long to wait for the first one
	 */
	<T> List<T> receiveMany(String destination, Class<T> type, int maxMessages, Duration timeout);

	/**
	 * Receives messages that the caller settles, for example with
	 * {@link ServiceBusReceivedMessage#complete()}, before their locks expire.
	 * @param maxMessages the most that are received
	 * @param timeout how long to wait for the first one
	 */
	List<ServiceBusReceivedMessage> receiveMessages(String destination, int maxMessages, Duration timeout);

	/**
	 * Receives messages that were set aside, by their numbers, like {@link #receiveMany}.
	 */
	<T> List<T> receiveDeferred(String destination, Class<T> type, List<Long> sequenceNumbers);

	/**
	 * Looks at the oldest messages without taking them.
	 */
	default List<ServiceBusReceivedMessage> peek(String destination, int maxMessages) {
		return peek(destination, maxMessages, 0);
	}

	/**
	 * Looks at messages without taking them.
	 * @param fromSequenceNumber the smallest sequence number
	 */
	List<ServiceBusReceivedMessage> peek(String destination, int maxMessages, long fromSequenceNumber);

	/**
	 * Sends a request and waits for its reply.
	 * @param replyType what to convert the reply to
	 * @throws ReplyTimeoutException if none came within {@link ReplyOptions#timeout()}
	 * @throws IllegalStateException if the template has no {@link ReplyOptions}
	 */
	<T> T request(String destination, Object payload, Class<T> replyType);

	/**
	 * Like {@link #request}. Cancelling the future drops the reply.
	 */
	<T> CompletableFuture<T> requestAsync(String destination, Object payload, Class<T> replyType);

	/**
	 * Reads what is stored with a session, which must not be in use.
	 * @param destination the queue or subscription
	 * @return the state, {@code null} if there is none
	 * @throws dev.servicebus.client.SessionCannotBeLockedException if somebody has it
	 */
	<T> @Nullable T getSessionState(String destination, String sessionId, Class<T> type);

	/**
	 * Stores something with a session, which must not be in use.
	 * @param state what to store, {@code null} to clear it
	 * @throws dev.servicebus.client.SessionCannotBeLockedException if somebody has it
	 */
	void setSessionState(String destination, String sessionId, @Nullable Object state);

}
