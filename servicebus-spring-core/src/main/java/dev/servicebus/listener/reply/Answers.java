package dev.servicebus.listener.reply;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.retry.AsyncFailures;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.converter.InvalidReplyToException;
import dev.servicebus.converter.ReplyTo;
import dev.servicebus.listener.DeadLetterMessageException;
import dev.servicebus.listener.ReplyPostProcessor;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Answers requests. The correlation id of an answer is the message id of its request, its
 * session the one that the request names, unless the answer says so itself. Thread-safe.
 */
public final class Answers {

	private final ReplySender sender;

	private final MessagingClient client;

	private final List<ReplyPostProcessor> postProcessors;

	/**
	 * Makes answers.
	 * @param client sends them; closed by its owner
	 * @param postProcessors have the last word on each of them, in this order
	 */
	public Answers(MessagingClient client, List<ReplyPostProcessor> postProcessors) {
		this.sender = ReplySender.of(client);
		this.client = client;
		this.postProcessors = List.copyOf(postProcessors);
	}

	/**
	 * Where a request wants to be answered, {@code null} if it does not.
	 * @throws DeadLetterMessageException if it asks for what cannot be
	 */
	public @Nullable ReplyTo addressOf(ServiceBusReceivedMessage request) {
		try {
			return ReplyTo.of(request, this.client.fullyQualifiedNamespace());
		}
		catch (InvalidReplyToException ex) {
			throw new DeadLetterMessageException("InvalidReplyTo", String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Sends an answer.
	 * @param listenerId the id of the listener that answers
	 * @return completes when the broker has the answer, and fails with a
	 * {@link ReplyFailedException} if it has not
	 */
	public CompletionStage<Void> send(ServiceBusReceivedMessage request, ServiceBusMessage answer, ReplyTo replyTo,
			String listenerId) {
		ServiceBusMessage reply = replyTo.address(request, answer);
		for (ReplyPostProcessor postProcessor : this.postProcessors) {
			reply = postProcessor.postProcess(reply, request, listenerId);
		}
		try {
			return this.sender.send(replyTo.entity(), reply)
				.exceptionallyCompose((failure) -> CompletableFuture
					.failedFuture(new ReplyFailedException(replyTo.entity(), AsyncFailures.unwrap(failure))));
		}
		catch (RuntimeException ex) {
			throw new ReplyFailedException(replyTo.entity(), ex);
		}
	}

}
