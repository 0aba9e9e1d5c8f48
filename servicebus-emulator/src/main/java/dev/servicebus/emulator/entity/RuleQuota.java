package dev.servicebus.emulator.entity;

import java.util.Collection;

import dev.servicebus.emulator.rule.CorrelationFilter;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.RuleFilter;
import dev.servicebus.emulator.rule.SqlFilter;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;

/**
 * How many filters the subscriptions of one topic may have together. Belongs to the
 * broker's loop.
 */
final class RuleQuota {

	static final int MAX_SQL_FILTERS = 2000;

	static final int MAX_CORRELATION_FILTERS = 100_000;

	private final Collection<Subscription> subscriptions;

	/**
	 * Creates the quota of a topic.
	 * @param subscriptions all of its subscriptions at any time
	 */
	RuleQuota(Collection<Subscription> subscriptions) {
		this.subscriptions = subscriptions;
	}

	/**
	 * Refuses a rule for which there is no room.
	 */
	void checkRoomFor(Rule rule) {
		if (rule.filter() instanceof SqlFilter) {
			check(SqlFilter.class, "SQL", MAX_SQL_FILTERS);
		}
		else if (rule.filter() instanceof CorrelationFilter) {
			check(CorrelationFilter.class, "correlation", MAX_CORRELATION_FILTERS);
		}
	}

	private void check(Class<? extends RuleFilter> kind, String name, int limit) {
		long filters = this.subscriptions.stream().mapToLong((subscription) -> subscription.filters(kind)).sum();
		if (filters >= limit) {
			throw new BrokerException(BrokerError.RESOURCE_LIMIT_EXCEEDED, "The subscriptions of the topic have "
					+ filters + " " + name + " filters already, and " + limit + " is the maximum of a topic.");
		}
	}

}
