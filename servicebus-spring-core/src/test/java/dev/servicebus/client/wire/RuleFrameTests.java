package dev.servicebus.client.wire;

import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.RuleManager;
import dev.servicebus.client.rule.RuleAction;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import org.apache.qpid.protonj2.test.driver.codec.primitives.DescribedType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Rules of a subscription: sections 6.12 and 8.1 of the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RuleFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	private final RuleManager rules = this.service.client.rules("events", "audit");

	@Test
	void sqlFilterAndActionAreMapsWithAnExpression() {
		this.rules.add(RuleProperties.of("cheap", RuleFilter.sql("price < 5")).withAction(RuleAction.sql("SET a = 1")));

		this.service.assertRequest("events/Subscriptions/audit", "add-rule", """
				map
				  "rule-description": map
				    "rule-name": "cheap"
				    "sql-filter": map
				      "expression": "price < 5"
				    "sql-rule-action": map
				      "expression": "SET a = 1"
				  "rule-name": "cheap"
				""");
	}

	@ParameterizedTest
	@CsvSource({ "true, 1=1", "false, 1=0" })
	void filterThatMatchesAllOrNothingIsAnExpression(boolean all, String expression) {
		this.rules.add(RuleProperties.of("r", all ? RuleFilter.matchAll() : RuleFilter.matchNone()));

		this.service.assertRequest("events/Subscriptions/audit", "add-rule", """
				map
				  "rule-description": map
				    "rule-name": "r"
				    "sql-filter": map
				      "expression": "%s"
				    "sql-rule-action": null
				  "rule-name": "r"
				""".formatted(expression));
	}

	@Test
	void correlationFilterNamesEveryFieldAndKeepsTheTypesOfProperties() {
		this.rules.add(RuleProperties.of("r", RuleFilter.correlation().subject("created").property("n", 1L).build()));

		this.service.assertRequest("events/Subscriptions/audit", "add-rule", """
				map
				  "rule-description": map
				    "correlation-filter": map
				      "content-type": null
				      "correlation-id": null
				      "label": "created"
				      "message-id": null
				      "properties": map
				        "n": long 1
				      "reply-to": null
				      "reply-to-session-id": null
				      "session-id": null
				      "to": null
				    "rule-name": "r"
				    "sql-rule-action": null
				  "rule-name": "r"
				""");
	}

	@Test
	void ruleIsRemovedByItsName() {
		this.rules.remove("$Default");

		this.service.assertRequest("events/Subscriptions/audit", "remove-rule", """
				map
				  "rule-name": "$Default"
				""");
	}

	@Test
	void rulesAreListedInPages() {
		this.service.script.answers("com.microsoft:enumerate-rules", Answer.of(204));

		assertThat(this.rules.list()).isEmpty();
		this.service.assertRequest("events/Subscriptions/audit", "enumerate-rules", """
				map
				  "skip": int 0
				  "top": int 100
				""");
	}

	@Test
	void describedRulesAreRead() {
		DescribedType empty = described(0x0000_0137_0000_0005L);
		this.service.answers("enumerate-rules",
				Map.of("rules",
						List.of(rule("sql", described(0x0000_0013_7000_0006L, "a=1", 20),
								described(0x0000_0137_0000_0006L, "SET b = 2", 20)),
								rule("all", described(0x0000_0013_7000_0007L), empty),
								rule("none", described(0x0000_0013_7000_0008L), empty),
								rule("created", described(0x0000_0013_7000_0009L, null, "m1", null, null, "created",
										null, null, null, Map.of("n", 1L)), empty))));

		assertThat(this.rules.list()).extracting(RuleProperties::name, RuleProperties::filter, RuleProperties::action)
			.containsExactly(tuple("sql", RuleFilter.sql("a=1"), RuleAction.sql("SET b = 2")),
					tuple("all", RuleFilter.matchAll(), null), tuple("none", RuleFilter.matchNone(), null),
					tuple("created",
							RuleFilter.correlation().messageId("m1").subject("created").property("n", 1L).build(),
							null));
		assertThat(this.rules.list().get(0).createdAt().toInstant()).isEqualTo(Messages.ENQUEUED);
	}

	private static Map<String, Object> rule(String name, DescribedType filter, DescribedType action) {
		return Map.of("rule-description",
				described(0x0000_0137_0000_0004L, filter, action, name, Date.from(Messages.ENQUEUED)));
	}

	private static DescribedType described(long descriptor, Object... fields) {
		return WireMessage.described(descriptor, Arrays.asList(fields));
	}

}
