package dev.servicebus.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Opens what sends to, receives from and listens to the entities of one namespace. All of
 * it shares the client's connections.
 *
 * <p>
 * Thread-safe. Only accepting a session blocks: all other links are attached in the
 * background, and what is wrong with an entity or its authorization shows in the first
 * operation on it.
 */
public interface MessagingClient {

	/**
	 * The host of the namespace, for example {@code contoso.servicebus.windows.net}.
	 */
	String fullyQualifiedNamespace();

	/**
	 * The sender of a queue or topic: the same one for the same entity, as long as the
	 * client keeps it. When there are five hundred, those that have not been used for
	 * longest are forgotten and their links detached; they can still be used.
	 * @param entityPath the queue or topic
	 */
	ServiceBusSender sender(String entityPath);

	/**
	 * Begins a transaction. It has to be committed; closing it gives it up otherwise. Its
	 * beginning, commit and roll-back each end within the operation timeout of the
	 * client.
	 */
	ServiceBusTransaction beginTransaction();

	/**
	 * Begins a transaction with a time limit of its own: its beginning, and later its
	 * commit or roll-back, each end within {@code timeout}. Work in it has the limits of
	 * its sender or receiver.
	 */
	ServiceBusTransaction beginTransaction(Duration timeout);

	/**
	 * Like {@link #beginTransaction()}. Cancelling the future gives up a transaction that
	 * was begun.
	 */
	CompletableFuture<ServiceBusTransaction> beginTransactionAsync();

	/**
	 * Like {@link #beginTransaction(Duration)}. Cancelling the future gives up a
	 * transaction that was begun.
	 */
	CompletableFuture<ServiceBusTransaction> beginTransactionAsync(Duration timeout);

	/**
	 * A receiver of its own, which the caller closes.
	 */
	ServiceBusReceiver receiver(ReceiverOptions options);

	/**
	 * Accepts a session, whether or not it has messages, and waits until its lock is
	 * ours. The caller closes the receiver, which gives the session back.
	 * @throws SessionCannotBeLockedException if somebody else has it
	 */
	SessionReceiver acceptSession(ReceiverOptions options, String sessionId);

	/**
	 * Like {@link #acceptSession}. Cancelling the future gives back a session that was
	 * accepted.
	 */
	CompletableFuture<SessionReceiver> acceptSessionAsync(ReceiverOptions options, String sessionId);

	/**
	 * Accepts whatever session has messages and is free, and waits up to {@code maxWait}
	 * for one. The caller closes the receiver, which gives the session back.
	 * @throws NoActiveSessionException if there was none
	 */
	SessionReceiver acceptNextSession(ReceiverOptions options, Duration maxWait);

	/**
	 * Like {@link #acceptNextSession}. Cancelling the future ends the wait, and gives
	 * back a session that was accepted.
	 */
	CompletableFuture<SessionReceiver> acceptNextSessionAsync(ReceiverOptions options, Duration maxWait);

	/**
	 * The ids of the sessions that have messages to receive, or a state, whether or not
	 * somebody holds them. What changes while they are listed may be missing.
	 */
	List<String> listSessions(ReceiverOptions options);

	/**
	 * Like {@link #listSessions}.
	 */
	CompletableFuture<List<String>> listSessionsAsync(ReceiverOptions options);

	/**
	 * Opens a source of sessions, which the caller closes. It is paused, so no session
	 * reaches {@code listener} before the first call of
	 * {@link SessionSource#demand(int)}.
	 */
	SessionSource openSessions(ReceiverOptions options, SessionSource.Listener listener);

	/**
	 * Opens a source of certain sessions, whether or not they have messages, which the
	 * caller closes. Those that are not held are asked for in turn; one that somebody
	 * else has is asked for again later.
	 * @param sessionIds the sessions, each of them once
	 * @throws IllegalArgumentException if there are none
	 */
	SessionSource openSessions(ReceiverOptions options, List<String> sessionIds, SessionSource.Listener listener);

	/**
	 * Opens a source of its own, which the caller closes. It is paused, so no message
	 * reaches {@code listener} before the first call of
	 * {@link MessageSource#demand(int)}.
	 */
	MessageSource open(ReceiverOptions options, MessageSource.Listener listener);

	/**
	 * The rules of a subscription.
	 */
	RuleManager rules(String topic, String subscription);

}
