package dev.servicebus.topology;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.admin.AdministrationClient;
import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.rule.RuleProperties;

/**
 * Sees to the entities that an application needs. Several instances of an application may
 * do so at the same time. Thread-safe; blocks.
 */
public final class TopologyManager {

	private final AdministrationClient client;

	/**
	 * Makes a manager.
	 * @param client reads and makes the entities; closed by its owner
	 */
	public TopologyManager(AdministrationClient client) {
		this.client = client;
	}

	/**
	 * Looks whether everything is there and as declared, and makes what is missing if the
	 * mode says so. All entities are looked at before it fails.
	 * @throws TopologyException if it is not
	 */
	public void apply(Topology topology, TopologyMode mode) {
		if (mode == TopologyMode.NONE) {
			return;
		}
		Topology complete = topology.complete();
		List<TopologyProblem> problems = new ArrayList<>();
		complete.topics().forEach((topic) -> topic(topic).apply(mode).ifPresent(problems::add));
		inOrder(complete.queues()).forEach((queue) -> queue(queue).apply(mode).ifPresent(problems::add));
		complete.subscriptions().forEach((subscription) -> problems.addAll(subscription(subscription, mode)));
		if (!problems.isEmpty()) {
			throw new TopologyException(problems);
		}
	}

	private List<TopologyProblem> subscription(SubscriptionDeclaration declaration, TopologyMode mode) {
		List<TopologyProblem> problems = new ArrayList<>();
		subscription(declaration).apply(mode).ifPresent(problems::add);
		if (problems.isEmpty() && !declaration.rules().isEmpty()) {
			problems.addAll(new RuleSteps(this.client, declaration).apply(mode));
		}
		return problems;
	}

	/**
	 * In an order in which each queue can be made: where others forward to comes first.
	 */
	private static List<QueueProperties> inOrder(List<QueueProperties> queues) {
		List<QueueProperties> ordered = new ArrayList<>();
		Set<String> waiting = new HashSet<>();
		queues.forEach((queue) -> waiting.add(lower(queue.name())));
		while (ordered.size() < queues.size()) {
			List<QueueProperties> next = queues.stream()
				.filter((queue) -> !ordered.contains(queue) && destinations(queue).noneMatch(waiting::contains))
				.toList();
			// Queues that forward in a circle: the broker shall say what is wrong.
			List<QueueProperties> added = !next.isEmpty() ? next
					: queues.stream().filter((queue) -> !ordered.contains(queue)).toList();
			ordered.addAll(added);
			added.forEach((queue) -> waiting.remove(lower(queue.name())));
		}
		return ordered;
	}

	private static Stream<String> destinations(QueueProperties queue) {
		return Stream.of(lower(queue.forwardTo()), lower(queue.forwardDeadLetteredMessagesTo()))
			.filter((destination) -> !destination.equals(lower(queue.name())));
	}

	private static String lower(@Nullable String name) {
		return (name != null) ? name.toLowerCase(Locale.ROOT) : "";
	}

	private EntityStep<QueueProperties> queue(QueueProperties queue) {
		return new EntityStep<>("queue '" + queue.name() + "'", queue, queue.name(), this.client.queues(),
				Differences.QUEUES);
	}

	private EntityStep<TopicProperties> topic(TopicProperties topic) {
		return new EntityStep<>("topic '" + topic.name() + "'", topic, topic.name(), this.client.topics(),
				Differences.TOPICS);
	}

	private EntityStep<SubscriptionProperties> subscription(SubscriptionDeclaration declaration) {
		SubscriptionProperties properties = declaration.properties();
		List<RuleProperties> rules = declaration.rules();
		// Made with its rule, it never gets what the rule does not let through.
		SubscriptionProperties made = rules.isEmpty() ? properties
				: properties.mutate().defaultRule(rules.get(0)).build();
		return new EntityStep<>("subscription '" + Topology.path(declaration.topic(), properties) + "'", made,
				properties.name(), this.client.subscriptions(declaration.topic()), Differences.SUBSCRIPTIONS);
	}

}
