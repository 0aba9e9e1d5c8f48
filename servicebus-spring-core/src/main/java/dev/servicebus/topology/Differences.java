package dev.servicebus.topology;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.admin.QueueProperties;
import dev.servicebus.client.admin.SubscriptionProperties;
import dev.servicebus.client.admin.TopicProperties;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;

/**
 * Compares what is declared with what is there. What is declared as by default counts as
 * not declared, so that an operator may change it, unless it decides how an entity can be
 * used at all. Immutable.
 *
 * @param <E> what is compared
 */
final class Differences<E> {

	static final Differences<QueueProperties> QUEUES = new Differences<>(QueueProperties::name, QueueProperties::of,
			List.of(Property.always("sessionRequired", QueueProperties::sessionRequired),
					Property.always("duplicateDetectionRequired", QueueProperties::duplicateDetectionRequired),
					Property.always("status", QueueProperties::status),
					Property.always("forwardTo", (queue) -> path(queue.forwardTo())),
					Property.of("forwardDeadLetteredMessagesTo",
							(queue) -> path(queue.forwardDeadLetteredMessagesTo())),
					Property.of("lockDuration", QueueProperties::lockDuration),
					Property.of("maxDeliveryCount", QueueProperties::maxDeliveryCount),
					Property.of("maxSizeInMegabytes", QueueProperties::maxSizeInMegabytes),
					Property.of("maxMessageSizeInKilobytes", QueueProperties::maxMessageSizeInKilobytes),
					Property.of("defaultMessageTimeToLive", QueueProperties::defaultMessageTimeToLive),
					Property.of("deadLetteringOnMessageExpiration", QueueProperties::deadLetteringOnMessageExpiration),
					Property.of("duplicateDetectionWindow", QueueProperties::duplicateDetectionWindow),
					Property.of("batchedOperationsEnabled", QueueProperties::batchedOperationsEnabled),
					Property.of("autoDeleteOnIdle", QueueProperties::autoDeleteOnIdle),
					Property.of("partitioningEnabled", QueueProperties::partitioningEnabled),
					Property.of("userMetadata", QueueProperties::userMetadata)));

	static final Differences<TopicProperties> TOPICS = new Differences<>(TopicProperties::name, TopicProperties::of,
			List.of(Property.always("duplicateDetectionRequired", TopicProperties::duplicateDetectionRequired),
					Property.always("status", TopicProperties::status),
					Property.of("maxSizeInMegabytes", TopicProperties::maxSizeInMegabytes),
					Property.of("maxMessageSizeInKilobytes", TopicProperties::maxMessageSizeInKilobytes),
					Property.of("defaultMessageTimeToLive", TopicProperties::defaultMessageTimeToLive),
					Property.of("duplicateDetectionWindow", TopicProperties::duplicateDetectionWindow),
					Property.of("batchedOperationsEnabled", TopicProperties::batchedOperationsEnabled),
					Property.of("orderingSupported", TopicProperties::orderingSupported),
					Property.of("autoDeleteOnIdle", TopicProperties::autoDeleteOnIdle),
					Property.of("partitioningEnabled", TopicProperties::partitioningEnabled),
					Property.of("userMetadata", TopicProperties::userMetadata)));

	static final Differences<SubscriptionProperties> SUBSCRIPTIONS = new Differences<>(SubscriptionProperties::name,
			SubscriptionProperties::of,
			List.of(Property.always("sessionRequired", SubscriptionProperties::sessionRequired),
					Property.always("status", SubscriptionProperties::status),
					Property.always("forwardTo", (subscription) -> path(subscription.forwardTo())),
					Property.of("forwardDeadLetteredMessagesTo",
							(subscription) -> path(subscription.forwardDeadLetteredMessagesTo())),
					Property.of("lockDuration", SubscriptionProperties::lockDuration),
					Property.of("maxDeliveryCount", SubscriptionProperties::maxDeliveryCount),
					Property.of("defaultMessageTimeToLive", SubscriptionProperties::defaultMessageTimeToLive),
					Property.of("deadLetteringOnMessageExpiration",
							SubscriptionProperties::deadLetteringOnMessageExpiration),
					Property.of("deadLetteringOnFilterEvaluationExceptions",
							SubscriptionProperties::deadLetteringOnFilterEvaluationExceptions),
					Property.of("batchedOperationsEnabled", SubscriptionProperties::batchedOperationsEnabled),
					Property.of("autoDeleteOnIdle", SubscriptionProperties::autoDeleteOnIdle),
					Property.of("userMetadata", SubscriptionProperties::userMetadata)));

	static final Differences<RuleProperties> RULES = new Differences<>(RuleProperties::name,
			(name) -> RuleProperties.of(name, RuleFilter.matchAll()),
			List.of(Property.always("filter", RuleProperties::filter),
					Property.always("action", RuleProperties::action)));

	private final Function<E, String> name;

	private final Function<String, E> byDefault;

	private final List<Property<E>> properties;

	private Differences(Function<E, String> name, Function<String, E> byDefault, List<Property<E>> properties) {
		this.name = name;
		this.byDefault = byDefault;
		this.properties = properties;
	}

	/**
	 * What is different, empty if nothing is.
	 */
	Optional<String> between(E declared, E actual) {
		E defaults = this.byDefault.apply(this.name.apply(declared));
		String differences = this.properties.stream()
			.filter((property) -> property.isDeclared(declared, defaults) && !property.isSame(declared, actual))
			.map((property) -> property.name() + " is " + property.value().apply(actual) + " but declared as "
					+ property.value().apply(declared))
			.collect(Collectors.joining(", "));
		return differences.isEmpty() ? Optional.empty() : Optional.of("is different: " + differences);
	}

	/** The service compares names without case. */
	private static @Nullable String path(@Nullable String path) {
		return (path != null) ? path.toLowerCase(Locale.ROOT) : null;
	}

	/**
	 * A property that is compared.
	 *
	 * @param always whether it counts although it is declared as by default
	 */
	private record Property<E>(String name, Function<E, @Nullable Object> value, boolean always) {

		static <E> Property<E> always(String name, Function<E, @Nullable Object> value) {
			return new Property<>(name, value, true);
		}

		static <E> Property<E> of(String name, Function<E, @Nullable Object> value) {
			return new Property<>(name, value, false);
		}

		boolean isDeclared(E declared, E defaults) {
			return this.always || !isSame(declared, defaults);
		}

		boolean isSame(E one, E other) {
			return Objects.equals(this.value.apply(one), this.value.apply(other));
		}

	}

}
