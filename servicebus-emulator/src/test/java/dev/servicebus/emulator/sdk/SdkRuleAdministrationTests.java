package dev.servicebus.emulator.sdk;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.azure.core.exception.ResourceExistsException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.messaging.servicebus.administration.ServiceBusAdministrationClient;
import com.azure.messaging.servicebus.administration.models.CorrelationRuleFilter;
import com.azure.messaging.servicebus.administration.models.CreateRuleOptions;
import com.azure.messaging.servicebus.administration.models.CreateSubscriptionOptions;
import com.azure.messaging.servicebus.administration.models.EmptyRuleAction;
import com.azure.messaging.servicebus.administration.models.FalseRuleFilter;
import com.azure.messaging.servicebus.administration.models.RuleFilter;
import com.azure.messaging.servicebus.administration.models.RuleProperties;
import com.azure.messaging.servicebus.administration.models.SqlRuleAction;
import com.azure.messaging.servicebus.administration.models.SqlRuleFilter;
import com.azure.messaging.servicebus.administration.models.TrueRuleFilter;
import dev.servicebus.emulator.ServiceBusEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Microsoft's SDK administrates rules. It knows no types of values but strings.
 */
@Timeout(60)
class SdkRuleAdministrationTests {

	private static final ServiceBusEmulator emulator = ServiceBusEmulator.builder().build().start();

	private static final ServiceBusAdministrationClient client = SdkAdministration.client(emulator);

	@BeforeEach
	void reset() {
		emulator.reset();
		emulator.createTopic("news");
		emulator.createSubscription("news", "all");
	}

	@AfterAll
	static void close() {
		emulator.close();
	}

	@Test
	void subscriptionBeginsWithTheDefaultRule() {
		assertThat(client.listRules("news", "all").stream()).singleElement().satisfies((rule) -> {
			assertThat(rule.getName()).isEqualTo("$Default");
			assertThat(rule.getFilter()).isInstanceOf(TrueRuleFilter.class);
			assertThat(rule.getAction()).isInstanceOf(EmptyRuleAction.class);
		});
	}

	@Test
	void subscriptionBeginsWithTheRuleThatWasGiven() {
		client.createSubscription("news", "some", "first", new CreateSubscriptionOptions(),
				new CreateRuleOptions(new SqlRuleFilter("a = 1")).setAction(new SqlRuleAction("SET b = 2")));

		assertThat(client.listRules("news", "some").stream()).singleElement().satisfies((rule) -> {
			assertThat(rule.getName()).isEqualTo("first");
			assertThat(((SqlRuleFilter) rule.getFilter()).getSqlExpression()).isEqualTo("a = 1");
			assertThat(((SqlRuleAction) rule.getAction()).getSqlExpression()).isEqualTo("SET b = 2");
		});
	}

	@Test
	void everyFilterComesBack() {
		CorrelationRuleFilter correlation = new CorrelationRuleFilter("correlation").setContentType("type")
			.setLabel("label")
			.setMessageId("id")
			.setReplyTo("reply")
			.setReplyToSessionId("reply-session")
			.setSessionId("session")
			.setTo("to");
		correlation.getProperties().put("key", "value");
		Map<String, RuleFilter> filters = Map.of("sql", new SqlRuleFilter("sys.Label LIKE 'a%' AND b > 3"), "true",
				new TrueRuleFilter(), "false", new FalseRuleFilter(), "correlation", correlation);

		filters.forEach((name, filter) -> create(name, new CreateRuleOptions(filter)));

		filters.forEach((name, filter) -> {
			RuleFilter found = client.getRule("news", "all", name).getFilter();
			assertThat(found).hasSameClassAs(filter).hasToString(filter.toString());
		});
		assertThat(client.getRule("news", "all", "correlation").getFilter()).isEqualTo(correlation);
	}

	@Test
	void parametersOfFiltersAndActionsComeBack() {
		SqlRuleFilter filter = new SqlRuleFilter("a = @x");
		filter.getParameters().put("@x", "text");
		SqlRuleAction action = new SqlRuleAction("SET b = @y");
		action.getParameters().put("@y", "other");

		create("typed", new CreateRuleOptions(filter).setAction(action));

		RuleProperties rule = client.getRule("news", "all", "TYPED");
		assertThat(((SqlRuleFilter) rule.getFilter()).getParameters()).containsExactlyEntriesOf(Map.of("@x", "text"));
		assertThat(((SqlRuleAction) rule.getAction()).getParameters()).containsExactlyEntriesOf(Map.of("@y", "other"));
	}

	@Test
	void ruleCanBeUpdatedAndDeleted() {
		create("changing", new CreateRuleOptions(new SqlRuleFilter("a = 1")));
		RuleProperties rule = client.getRule("news", "all", "changing");

		client.updateRule("news", "all",
				rule.setFilter(new SqlRuleFilter("a = 2")).setAction(new SqlRuleAction("REMOVE a")));

		RuleProperties updated = client.getRule("news", "all", "changing");
		assertThat(((SqlRuleFilter) updated.getFilter()).getSqlExpression()).isEqualTo("a = 2");
		assertThat(updated.getAction()).isInstanceOf(SqlRuleAction.class);
		client.deleteRule("news", "all", "$Default");
		client.deleteRule("news", "all", "changing");
		assertThat(client.listRules("news", "all").stream()).isEmpty();
	}

	@Test
	void longListComesInPages() {
		IntStream.range(0, 100).forEach((i) -> create("rule-" + i, new CreateRuleOptions(new TrueRuleFilter())));

		Stream<String> names = client.listRules("news", "all").stream().map(RuleProperties::getName);

		assertThat(names).hasSize(101).contains("$Default", "rule-0", "rule-99").doesNotHaveDuplicates();
	}

	@Test
	void refusalsAreThoseOfTheService() {
		assertThatExceptionOfType(ResourceExistsException.class).isThrownBy(
				() -> client.createRule("news", "$default", "all", new CreateRuleOptions(new TrueRuleFilter())));
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(() -> client.getRule("news", "all", "none"));
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(() -> client.deleteRule("news", "all", "none"));
		assertThatExceptionOfType(ResourceNotFoundException.class)
			.isThrownBy(() -> client.listRules("news", "none").stream().toList());
		SdkAdministration.assertRefused(400, 40000,
				() -> create("bad", new CreateRuleOptions(new SqlRuleFilter("a = = 1"))));
	}

	/**
	 * This form of the method takes the name of the rule before that of the subscription.
	 */
	private static void create(String name, CreateRuleOptions options) {
		client.createRule("news", name, "all", options);
	}

}
