package dev.servicebus.emulator.sdk;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.azure.core.amqp.models.AmqpMessageHeader;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.administration.models.CorrelationRuleFilter;
import com.azure.messaging.servicebus.administration.models.FalseRuleFilter;
import com.azure.messaging.servicebus.administration.models.SqlRuleAction;
import com.azure.messaging.servicebus.administration.models.SqlRuleFilter;
import com.azure.messaging.servicebus.administration.models.TrueRuleFilter;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.entity.EntityOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What rules do to messages, from one end of Microsoft's SDK to the other.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkRuleSemanticsTests {

	private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

	private static SdkNamespace namespace;

	@BeforeAll
	static void start() {
		namespace = new SdkNamespace();
	}

	@AfterAll
	static void stop() throws Exception {
		namespace.close();
	}

	@ParameterizedTest
	@ValueSource(strings = {
			// comparisons
			"color = 'red'", "COLOR = 'red'", "user.color = 'red'", "[color] = 'red'", "\"color\" = 'red'",
			"color <> 'blue'", "color != 'blue'", "size > 4", "size >= 5", "size < 6", "size <= 5", "size = 5.0",
			"price = 1.5", "price > 1", "ok = TRUE", "bad = FALSE", "big = 9223372036854775807",
			// logic
			"color = 'red' AND size = 5", "color = 'blue' OR size = 5", "NOT color = 'blue'",
			"NOT (color = 'blue' OR size = 4)", "color = 'blue' AND size = 4 OR ok = TRUE",
			// LIKE, IN, IS NULL, EXISTS
			"color LIKE 'r%'", "color LIKE '_ed'", "color NOT LIKE 'b%'", "name LIKE '%10!%%' ESCAPE '!'",
			"name LIKE 'O''Neil%'", "color IN ('blue', 'red')", "size IN (1, 5)", "color NOT IN ('blue')",
			"nothing IS NULL", "color IS NOT NULL", "EXISTS(color)", "NOT EXISTS(nothing)",
			// arithmetic
			"size + 1 = 6", "size - 1 = 4", "size * 2 = 10", "size / 2 = 2", "size % 2 = 1", "-size = -5",
			"2 + 3 * 2 = 8", "(2 + 3) * 2 = 10", "color + '!' = 'red!'", "price * 2 = 3",
			// system properties
			"sys.Label = 'l'", "sys.label = 'l'", "sys.MessageId = 'm'", "sys.CorrelationId = 'c'", "sys.To = 'to'",
			"sys.ReplyTo = 'r'", "sys.ContentType = 't'", "sys.ReplyToSessionId = 'rs'", "sys.PartitionKey = 's'",
			"sys.SessionId = 's'", "sys.ScheduledEnqueueTimeUtc IS NULL",
			// functions
			"property('color') = 'red'", "p('col' + 'or') = 'red'", "newid() <> id",
			// literals and null logic
			"1.5E0 = price", "NULL IS NULL", "nothing = 1 OR color = 'red'" })
	void sqlFilterTakesTheMessage(String expression) {
		assertThat(matches(expression)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "color = 'Red'", "color = 'blue'", "size = '5'", "color = 5", "size > 5", "ok = FALSE",
			"bad = TRUE", "color LIKE 'R%'", "name LIKE '%1!%' ESCAPE '!'", "color IN ('blue', 'green')",
			"size NOT IN (1, 5)", "nothing IS NOT NULL", "EXISTS(nothing)",
			// unknown is not true, and not false either
			"nothing = 1", "NOT nothing = 1", "nothing <> 1", "nothing = NULL", "nothing LIKE '%'", "nothing IN (1)",
			"nothing NOT IN (1)", "nothing + 1 = 1", "nothing = 1 AND color = 'red'", "sys.SessionId = 'other'",
			"p('nothing') = 1", "1=0" })
	void sqlFilterLeavesTheMessage(String expression) {
		assertThat(matches(expression)).isFalse();
	}

	@Test
	void correlationFilterComparesEveryFieldItHas() {
		CorrelationRuleFilter all = new CorrelationRuleFilter("c").setMessageId("m")
			.setTo("to")
			.setReplyTo("r")
			.setLabel("l")
			.setSessionId("s")
			.setReplyToSessionId("rs")
			.setContentType("t");
		all.getProperties().put("color", "red");
		all.getProperties().put("size", 5L);
		all.getProperties().put("id", ID);
		SdkSubscription subscription = new SdkSubscription(namespace).withOnly(all);
		subscription.send(message());
		assertThat(subscription.view.messages()).hasSize(1);
		subscription.send(message().setSubject("L"), message().setMessageId("other"), message().setTo(null));
		ServiceBusMessage otherType = message();
		otherType.getApplicationProperties().put("size", "5");
		subscription.send(otherType);
		assertThat(subscription.view.messages()).hasSize(1);
	}

	@Test
	void filterForNothingLeavesEverything() {
		SdkSubscription subscription = new SdkSubscription(namespace).withOnly(new FalseRuleFilter());
		subscription.send(message());
		assertThat(subscription.view.messages()).isEmpty();
	}

	@Test
	void rulesWithoutActionMakeOneCopyAndEachActionOneMore() {
		SdkSubscription subscription = new SdkSubscription(namespace).withOnly(new TrueRuleFilter());
		subscription.addRule("red", new SqlRuleFilter("color = 'red'"));
		subscription.addRule("first", new TrueRuleFilter(), new SqlRuleAction("SET copy = 1"));
		subscription.addRule("second", new TrueRuleFilter(), new SqlRuleAction("SET copy = 2"));
		subscription.addRule("other", new SqlRuleFilter("color = 'blue'"), new SqlRuleAction("SET copy = 3"));
		subscription.send(message());
		List<ServiceBusReceivedMessage> copies = subscription.receive();
		assertThat(copies).extracting((copy) -> copy.getApplicationProperties().get("copy"))
			.containsExactlyInAnyOrder(null, 1L, 2L);
		assertThat(copies).extracting((copy) -> copy.getApplicationProperties().get("RuleName"))
			.containsExactlyInAnyOrder(null, "first", "second");
	}

	@Test
	void actionChangesTheCopyOnly() {
		ServiceBusReceivedMessage changed = act("SET color = 'blue'; SET sum = size + 1; SET sys.Label = color;"
				+ " REMOVE name; SET sys.CorrelationId = 'new'; REMOVE sys.To; SET nil = NULL; SET copied = id;"
				+ " SET sys.TimeToLive = '00:01:00'");
		assertThat(changed.getApplicationProperties()).containsEntry("color", "blue")
			.containsEntry("sum", 6L)
			.containsEntry("copied", ID)
			.containsEntry("nil", null)
			.doesNotContainKey("name");
		assertThat(changed.getSubject()).isEqualTo("blue");
		assertThat(changed.getCorrelationId()).isEqualTo("new");
		assertThat(changed.getTo()).isNull();
		assertThat(changed.getTimeToLive()).isEqualTo(Duration.ofMinutes(1));
		assertThat(changed.getMessageId()).isEqualTo("m");
		assertThat(changed.getBody()).hasToString("body");
		AmqpMessageHeader header = changed.getRawAmqpMessage().getHeader();
		assertThat(header.getDeliveryCount()).isZero();
	}

	@Test
	void eachStatementSeesTheOnesBefore() {
		ServiceBusReceivedMessage changed = act("SET size = size * 2, SET size = size + 1, REMOVE price");
		assertThat(changed.getApplicationProperties()).containsEntry("size", 11L).doesNotContainKey("price");
	}

	@Test
	void failedEvaluationIsDeadLetteredWhereTheSubscriptionSaysSo() {
		SdkSubscription subscription = new SdkSubscription(namespace,
				EntityOptions.builder().deadLetteringOnFilterEvaluationExceptions(true).build());
		subscription.addRule("wrong", new SqlRuleFilter("size / 0 = 1"));
		subscription.send(message());
		assertThat(subscription.view.messages()).hasSize(1);
		assertThat(subscription.view.deadLetters()).singleElement()
			.extracting(StoredMessage::applicationProperties)
			.satisfies((properties) -> assertThat(properties).containsKeys("DeadLetterReason",
					"DeadLetterErrorDescription"));
	}

	@Test
	void failedEvaluationIsForgottenWhereTheSubscriptionSaysSo() {
		SdkSubscription subscription = new SdkSubscription(namespace,
				EntityOptions.builder().deadLetteringOnFilterEvaluationExceptions(false).build());
		subscription.addRule("wrong", new SqlRuleFilter("size / 0 = 1"));
		subscription.send(message());
		assertThat(subscription.view.messages()).hasSize(1);
		assertThat(subscription.view.deadLetters()).isEmpty();
	}

	@Test
	void batchIsSortedMessageByMessage() {
		SdkSubscription subscription = new SdkSubscription(namespace).withOnly(new SqlRuleFilter("sys.Label IN ('a')"));
		subscription.send(Arrays.stream(new String[] { "a", "b", "a" })
			.map((label) -> message().setSubject(label))
			.toArray(ServiceBusMessage[]::new));
		assertThat(subscription.receive()).hasSize(2);
	}

	private static boolean matches(String expression) {
		SdkSubscription subscription = new SdkSubscription(namespace).withOnly(new SqlRuleFilter(expression));
		subscription.send(message());
		return !subscription.view.messages().isEmpty();
	}

	private static ServiceBusReceivedMessage act(String action) {
		SdkSubscription subscription = new SdkSubscription(namespace);
		subscription.rules.deleteRule("$Default");
		subscription.addRule("acting", new TrueRuleFilter(), new SqlRuleAction(action));
		subscription.send(message());
		return subscription.receive().get(0);
	}

	private static ServiceBusMessage message() {
		ServiceBusMessage message = new ServiceBusMessage("body").setSubject("l")
			.setMessageId("m")
			.setCorrelationId("c")
			.setTo("to")
			.setReplyTo("r")
			.setContentType("t")
			.setSessionId("s")
			.setPartitionKey("s")
			.setReplyToSessionId("rs");
		message.getApplicationProperties().put("color", "red");
		message.getApplicationProperties().put("size", 5);
		message.getApplicationProperties().put("price", 1.5);
		message.getApplicationProperties().put("ok", true);
		message.getApplicationProperties().put("bad", false);
		message.getApplicationProperties().put("name", "O'Neil 10%");
		message.getApplicationProperties().put("id", ID);
		message.getApplicationProperties().put("big", Long.MAX_VALUE);
		return message;
	}

}
