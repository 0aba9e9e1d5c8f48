package dev.servicebus.boot.autoconfigure;

import java.util.stream.Collectors;

import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusAuthorizationException;
import dev.servicebus.topology.TopologyException;
import dev.servicebus.topology.TopologyProblem;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Lists the entities that an application misses, and says what to do about it.
 */
final class TopologyFailureAnalyzer extends AbstractFailureAnalyzer<TopologyException> {

	private static final String PROPERTY = "servicebus.topology.mode";

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TopologyException cause) {
		String problems = cause.problems()
			.stream()
			.map(TopologyProblem::toString)
			.collect(Collectors.joining(System.lineSeparator() + "  - ", "  - ", ""));
		return new FailureAnalysis("The entities of the Service Bus namespace are not what the application needs:"
				+ System.lineSeparator() + problems, action(cause), cause);
	}

	private static String action(TopologyException failure) {
		if (failure.getCause() instanceof ServiceBusAuthorizationException
				|| failure.getCause() instanceof ServiceBusAuthenticationException) {
			return "Give the application the right to manage the namespace, or set " + PROPERTY
					+ "=none and let somebody else see to the entities.";
		}
		if (failure.getCause() != null) {
			return "See that the management endpoint of the namespace can be reached over HTTPS, or set " + PROPERTY
					+ "=none.";
		}
		return "Create or change the entities in the namespace, or their declarations in the application. With "
				+ PROPERTY + "=create, what is missing is created; what is different is never changed.";
	}

}
