package dev.servicebus.listener.reply;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.Waiting;
import dev.servicebus.converter.ProblemReply;
import dev.servicebus.converter.ReplyTo;
import dev.servicebus.listener.DeadLetterRecoverer;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.ListenerFailure;
import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.Outcome;
import dev.servicebus.listener.ProblemReplyException;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * A listener whose failures are told to those who wait for a reply, once no other attempt
 * is made. The request is completed then: its sender knows. A request without a reply-to
 * address, and one that a dead-letter handler decides about, goes its usual way.
 */
public final class ExceptionReturningListener implements MessageListener, DeadLetterRecoverer {

	/** Longer chains lead back into themselves. */
	private static final int MAX_CAUSES = 100;

	private final MessageListener listener;

	private final @Nullable DeadLetterRecoverer recoverer;

	private final Answers answers;

	/**
	 * Makes a listener.
	 * @param listener handles the messages, and decides about dead letters if it is a
	 * {@link DeadLetterRecoverer}, too
	 * @param answers sends what the requesters are told
	 */
	public ExceptionReturningListener(MessageListener listener, Answers answers) {
		this.listener = listener;
		this.recoverer = (listener instanceof DeadLetterRecoverer found) ? found : null;
		this.answers = answers;
	}

	@Override
	public void onMessage(ServiceBusReceivedMessage message, ListenerContext context) throws Exception {
		this.listener.onMessage(message, context);
	}

	@Override
	public Outcome recover(ListenerFailure failure, Outcome.DeadLetter outcome, ListenerContext context)
			throws Exception {
		Outcome decided = (this.recoverer != null) ? this.recoverer.recover(failure, outcome, context) : null;
		boolean told = tell(failure);
		if (decided != null) {
			return decided;
		}
		return told ? Outcome.complete() : outcome;
	}

	private boolean tell(ListenerFailure failure) {
		ServiceBusReceivedMessage request = failure.message();
		ReplyTo replyTo = this.answers.addressOf(request);
		if (replyTo == null) {
			return false;
		}
		CompletableFuture<Void> sent = this.answers
			.send(request, problem(failure.error()).toMessage(), replyTo, failure.listenerId())
			.toCompletableFuture();
		Waiting.await(sent, ErrorContext.of("reply", replyTo.entity()));
		return true;
	}

	private static ProblemReply problem(Throwable error) {
		Throwable cause = error;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			if (cause instanceof ProblemReplyException stated) {
				return stated.problem();
			}
			cause = cause.getCause();
		}
		return ProblemReply.of(error);
	}

	@Override
	public CompletionStage<Void> reply(ServiceBusReceivedMessage message, Object value, ListenerContext context) {
		return this.listener.reply(message, value, context);
	}

	@Override
	public String toString() {
		return this.listener.toString();
	}

}
