package dev.servicebus.topology;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.ServiceBusException;

/**
 * The entities of a namespace are not what an application needs, or that cannot be known.
 */
public class TopologyException extends RuntimeException {

	private final transient List<TopologyProblem> problems;

	/**
	 * Entities are missing or different.
	 */
	public TopologyException(List<TopologyProblem> problems) {
		this(problems, "Entities are missing or not as declared", null);
	}

	/**
	 * An entity could not be read or made.
	 */
	public TopologyException(TopologyProblem problem, ServiceBusException cause) {
		this(List.of(problem), "The entities cannot be checked", cause);
	}

	private TopologyException(List<TopologyProblem> problems, String what, @Nullable ServiceBusException cause) {
		super(what + ": " + problems.stream().map(TopologyProblem::toString).collect(Collectors.joining("; ")), cause);
		this.problems = List.copyOf(problems);
	}

	/**
	 * What is wrong, entity by entity.
	 */
	public List<TopologyProblem> problems() {
		return this.problems;
	}

}
