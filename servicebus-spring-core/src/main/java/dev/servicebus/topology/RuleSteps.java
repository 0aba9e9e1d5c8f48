package dev.servicebus.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.admin.AdministrationClient;
import dev.servicebus.client.admin.EntityOperations;
import dev.servicebus.client.rule.RuleProperties;

/**
 * Sees to the rules of a subscription for which rules are declared. One that is not
 * declared lets other messages through, so it is a problem, too.
 */
final class RuleSteps {

	private final SubscriptionDeclaration subscription;

	private final String path;

	private final EntityOperations<RuleProperties> rules;

	RuleSteps(AdministrationClient client, SubscriptionDeclaration subscription) {
		this.subscription = subscription;
		this.path = Topology.path(subscription.topic(), subscription.properties());
		this.rules = client.rules(subscription.topic(), subscription.properties().name());
	}

	List<TopologyProblem> apply(TopologyMode mode) {
		List<TopologyProblem> problems = new ArrayList<>();
		try {
			List<RuleProperties> present = this.rules.list().toList();
			for (RuleProperties rule : this.subscription.rules()) {
				new EntityStep<>(title(rule.name()), rule, rule.name(), this.rules, Differences.RULES).apply(mode)
					.ifPresent(problems::add);
			}
			Set<String> declared = this.subscription.rules()
				.stream()
				.map(RuleProperties::name)
				.collect(Collectors.toSet());
			present.stream()
				.map(RuleProperties::name)
				.filter((name) -> !declared.contains(name))
				.forEach((name) -> problems.add(new TopologyProblem(title(name), "is not declared")));
		}
		catch (ServiceBusException ex) {
			throw new TopologyException(
					new TopologyProblem("the rules of '" + this.path + "'", "cannot be read: " + ex.getMessage()), ex);
		}
		return problems;
	}

	private String title(String rule) {
		return "rule '" + rule + "' of subscription '" + this.path + "'";
	}

}
