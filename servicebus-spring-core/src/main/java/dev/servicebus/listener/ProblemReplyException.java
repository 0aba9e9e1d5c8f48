package dev.servicebus.listener;

import java.util.Objects;

import dev.servicebus.converter.ProblemReply;

/**
 * Thrown by a listener that cannot do what is asked, and knows what to tell the
 * requester. Where exceptions are {@linkplain FailureOptions#returnExceptions() returned}
 * the problem is the reply, at once; otherwise the message is dead-lettered with its
 * title and detail.
 */
public final class ProblemReplyException extends OutcomeException {

	private static final long serialVersionUID = 1L;

	private final transient ProblemReply problem;

	public ProblemReplyException(ProblemReply problem) {
		super(Outcome.deadLetter(problem.title(), Objects.requireNonNullElse(problem.detail(), problem.title())),
				problem.summary(), null);
		this.problem = problem;
	}

	/**
	 * What the requester is told.
	 */
	public ProblemReply problem() {
		return this.problem;
	}

}
