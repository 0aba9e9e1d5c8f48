package dev.servicebus.template;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.converter.ProblemReply;

/**
 * A request was answered with a problem: who was asked cannot do it. What the problem
 * says is the other side's own words.
 */
public class RemoteProblemException extends ServiceBusException {

	private final transient ProblemReply problem;

	public RemoteProblemException(ErrorContext context, ProblemReply problem) {
		super(context.withDescription(problem.summary()));
		this.problem = problem;
	}

	/**
	 * What the other side says.
	 */
	public ProblemReply problem() {
		return this.problem;
	}

	/**
	 * Returns {@code false}: the other side has tried as often as it wants to.
	 */
	@Override
	public boolean isTransient() {
		return false;
	}

}
