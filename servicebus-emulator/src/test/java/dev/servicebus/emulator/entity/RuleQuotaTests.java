package dev.servicebus.emulator.entity;

import java.util.List;
import java.util.Map;

import dev.servicebus.emulator.rule.CorrelationFilter;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.RuleDefinition;
import dev.servicebus.emulator.rule.RuleFilter;
import dev.servicebus.emulator.rule.SqlFilter;
import dev.servicebus.emulator.rule.SystemProperty;
import dev.servicebus.emulator.rule.TrueFilter;
import dev.servicebus.emulator.store.BrokerError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.servicebus.emulator.entity.TestBroker.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(20)
class RuleQuotaTests {

	private static final RuleFilter SQL = SqlFilter.parse("a = 1");

	private final TestBroker broker = new TestBroker();

	private final Topic topic = this.broker.namespace.createTopic("news");

	private final Subscription one = this.topic.createSubscription("one", EntityOptions.DEFAULTS);

	private final Subscription two = this.topic.createSubscription("two", EntityOptions.DEFAULTS);

	@Test
	void subscriptionsOfATopicShareTheirSqlFilters() {
		add(this.one, 1200, SQL);
		add(this.two, 800, SQL);
		assertRefused(BrokerError.RESOURCE_LIMIT_EXCEEDED, () -> this.two.addRule(rule("more", SQL)));
		this.two.addRule(rule("another kind", new TrueFilter()));
		Subscription elsewhere = this.broker.namespace.createTopic("other")
			.createSubscription("one", EntityOptions.DEFAULTS);
		elsewhere.addRule(rule("more", SQL));
	}

	@Test
	void roomComesBackWithRulesAndSubscriptionsThatGo() {
		add(this.one, 1999, SQL);
		add(this.two, 1, SQL);
		this.two.removeRule("r0");
		this.two.addRule(rule("r0", SQL));
		this.two.replaceRule(rule("r0", new TrueFilter()));
		this.two.addRule(rule("r1", SQL));
		assertRefused(BrokerError.RESOURCE_LIMIT_EXCEEDED, () -> this.two.addRule(rule("more", SQL)));
		this.topic.deleteSubscription("one");
		this.two.addRule(rule("more", SQL));
	}

	@Test
	void correlationFiltersHaveAQuotaOfTheirOwn() {
		RuleFilter filter = new CorrelationFilter(Map.of(SystemProperty.LABEL, "l"), Map.of());
		add(this.one, 100_000, filter);
		assertRefused(BrokerError.RESOURCE_LIMIT_EXCEEDED, () -> this.two.addRule(rule("more", filter)));
		this.two.addRule(rule("another kind", SQL));
		this.one.setRules(List.of(RuleDefinition.of("r", filter)));
		assertThat(this.one.filters(CorrelationFilter.class)).isOne();
		this.two.addRule(rule("more", filter));
	}

	private void add(Subscription subscription, int count, RuleFilter filter) {
		for (int i = 0; i < count; i++) {
			subscription.addRule(rule("r" + i, filter));
		}
	}

	private Rule rule(String name, RuleFilter filter) {
		return new Rule(name, filter, null, this.broker.now());
	}

}
