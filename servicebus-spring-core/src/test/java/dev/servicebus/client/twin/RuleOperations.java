package dev.servicebus.client.twin;

import java.util.List;

import com.azure.messaging.servicebus.administration.models.CorrelationRuleFilter;
import com.azure.messaging.servicebus.administration.models.CreateRuleOptions;
import com.azure.messaging.servicebus.administration.models.FalseRuleFilter;
import com.azure.messaging.servicebus.administration.models.RuleFilter;
import com.azure.messaging.servicebus.administration.models.SqlRuleAction;
import com.azure.messaging.servicebus.administration.models.SqlRuleFilter;
import com.azure.messaging.servicebus.administration.models.TrueRuleFilter;
import dev.servicebus.client.RuleManager;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.rule.RuleAction;
import dev.servicebus.client.rule.RuleProperties;

import static dev.servicebus.client.rule.RuleFilter.correlation;
import static dev.servicebus.client.rule.RuleFilter.matchAll;
import static dev.servicebus.client.rule.RuleFilter.matchNone;
import static dev.servicebus.client.rule.RuleFilter.sql;

/**
 * Rules of subscriptions over AMQP.
 */
final class RuleOperations {

	private RuleOperations() {
	}

	static List<TwinOperation> all() {
		return List.of(adding("add an SQL rule", new SqlRuleFilter("a = 1"), RuleProperties.of("r", sql("a = 1"))),
				TwinOperation.of("add a rule with an action",
						(theirs) -> theirs.rules()
							.createRule("r",
									new CreateRuleOptions(new SqlRuleFilter("a = 1"))
										.setAction(new SqlRuleAction("SET b = 2"))),
						(ours) -> rules(ours)
							.add(RuleProperties.of("r", sql("a = 1")).withAction(RuleAction.sql("SET b = 2")))),
				adding("add a correlation rule", theirCorrelation(), RuleProperties.of("r", ourCorrelation())),
				adding("add a rule for everything", new TrueRuleFilter(), RuleProperties.of("r", matchAll())),
				adding("add a rule for nothing", new FalseRuleFilter(), RuleProperties.of("r", matchNone())),
				TwinOperation.of("remove a rule", (theirs) -> theirs.rules().deleteRule("$Default"),
						(ours) -> rules(ours).remove("$Default")),
				TwinOperation.of("list rules", (theirs) -> theirs.rules().listRules().forEach((rule) -> {
				}), (ours) -> rules(ours).list()));
	}

	private static TwinOperation adding(String name, RuleFilter theirs, RuleProperties ours) {
		return TwinOperation.of(name, (clients) -> clients.rules().createRule("r", new CreateRuleOptions(theirs)),
				(client) -> rules(client).add(ours));
	}

	private static RuleManager rules(ServiceBusClient client) {
		return client.rules(TwinOperation.TOPIC, TwinOperation.SUBSCRIPTION);
	}

	private static CorrelationRuleFilter theirCorrelation() {
		CorrelationRuleFilter filter = new CorrelationRuleFilter("c").setLabel("l")
			.setContentType("json")
			.setMessageId("m")
			.setReplyTo("r")
			.setReplyToSessionId("rs")
			.setSessionId("s")
			.setTo("t");
		filter.getProperties().put("k", 1);
		return filter;
	}

	private static dev.servicebus.client.rule.RuleFilter ourCorrelation() {
		return correlation().correlationId("c")
			.subject("l")
			.contentType("json")
			.messageId("m")
			.replyTo("r")
			.replyToSessionId("rs")
			.sessionId("s")
			.to("t")
			.property("k", 1)
			.build();
	}

}
