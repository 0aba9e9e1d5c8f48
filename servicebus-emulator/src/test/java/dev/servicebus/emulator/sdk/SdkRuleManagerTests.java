package dev.servicebus.emulator.sdk;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.administration.models.CorrelationRuleFilter;
import com.azure.messaging.servicebus.administration.models.CreateRuleOptions;
import com.azure.messaging.servicebus.administration.models.FalseRuleFilter;
import com.azure.messaging.servicebus.administration.models.RuleProperties;
import com.azure.messaging.servicebus.administration.models.SqlRuleAction;
import com.azure.messaging.servicebus.administration.models.SqlRuleFilter;
import com.azure.messaging.servicebus.administration.models.TrueRuleFilter;
import dev.servicebus.emulator.rule.CorrelationFilter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkRuleManagerTests {

	private static SdkNamespace namespace;

	private final SdkSubscription subscription = new SdkSubscription(namespace);

	@BeforeAll
	static void start() {
		namespace = new SdkNamespace();
	}

	@AfterAll
	static void stop() throws Exception {
		namespace.close();
	}

	@Test
	void subscriptionBeginsWithARuleThatTakesEverything() {
		RuleProperties rule = this.subscription.rule("$Default");
		assertThat(rule.getFilter()).isInstanceOf(TrueRuleFilter.class);
		assertThat(rule.getAction()).isNull();
	}

	@Test
	void sqlFilterAndActionComeBack() {
		this.subscription.addRule("sql", new SqlRuleFilter("color = 'red' AND size > 5"),
				new SqlRuleAction("SET price = 1; REMOVE color"));
		RuleProperties rule = this.subscription.rule("sql");
		assertThat(((SqlRuleFilter) rule.getFilter()).getSqlExpression()).isEqualTo("color = 'red' AND size > 5");
		assertThat(((SqlRuleAction) rule.getAction()).getSqlExpression()).isEqualTo("SET price = 1; REMOVE color");
	}

	@Test
	void filtersForAllAndForNothingComeBackAsSuch() {
		this.subscription.addRule("all", new TrueRuleFilter());
		this.subscription.addRule("nothing", new FalseRuleFilter());
		assertThat(this.subscription.rule("all").getFilter()).isInstanceOf(TrueRuleFilter.class);
		assertThat(this.subscription.rule("nothing").getFilter()).isInstanceOf(FalseRuleFilter.class);
	}

	@Test
	void correlationFilterComesBackAndItsPropertiesKeepTheirTypes() {
		CorrelationRuleFilter filter = new CorrelationRuleFilter("correlation").setMessageId("message")
			.setTo("to")
			.setReplyTo("reply to")
			.setLabel("label")
			.setSessionId("session")
			.setReplyToSessionId("reply to session")
			.setContentType("text/plain");
		filter.getProperties().put("string", "s");
		filter.getProperties().put("int", 1);
		filter.getProperties().put("long", 2L);
		filter.getProperties().put("double", 1.5);
		filter.getProperties().put("boolean", true);
		filter.getProperties().put("uuid", new UUID(1, 2));
		this.subscription.addRule("correlation", filter);
		CorrelationFilter stored = (CorrelationFilter) this.subscription.view.rules().get(1).filter();
		assertThat(stored.userProperties()).isEqualTo(filter.getProperties());
		// The SDK reads every value as text.
		filter.getProperties().replaceAll((name, value) -> value.toString());
		assertThat(this.subscription.rule("correlation").getFilter()).usingRecursiveComparison().isEqualTo(filter);
	}

	@Test
	void filterWithoutAValueForAFieldLeavesItOut() {
		this.subscription.addRule("label", new CorrelationRuleFilter().setLabel("l"));
		CorrelationRuleFilter read = (CorrelationRuleFilter) this.subscription.rule("label").getFilter();
		assertThat(read.getLabel()).isEqualTo("l");
		assertThat(read.getCorrelationId()).isNull();
		assertThat(read.getProperties()).isEmpty();
	}

	@Test
	void rulesAreListedInTheOrderInWhichTheyCame() {
		IntStream.range(0, 120).forEach((i) -> this.subscription.addRule("r" + i, new SqlRuleFilter("a = " + i)));
		assertThat(this.subscription.ruleNames()).hasSize(121).startsWith("$Default", "r0", "r1").endsWith("r119");
	}

	@Test
	void deletedRulesAreGone() {
		this.subscription.addRule("r", new TrueRuleFilter());
		this.subscription.rules.deleteRule("$Default");
		assertThat(this.subscription.ruleNames()).containsExactly("r");
		this.subscription.rules.deleteRule("r");
		assertThat(this.subscription.ruleNames()).isEmpty();
		this.subscription.send(new ServiceBusMessage("nobody wants it"));
		assertThat(this.subscription.view.messages()).isEmpty();
	}

	@Test
	void nameThatIsTakenIsRefused() {
		this.subscription.addRule("r", new TrueRuleFilter());
		assertRefused(() -> this.subscription.addRule("R", new TrueRuleFilter()),
				ServiceBusFailureReason.MESSAGING_ENTITY_ALREADY_EXISTS);
	}

	@Test
	void missingRuleIsReportedAsMissing() {
		assertRefused(() -> this.subscription.rules.deleteRule("r"),
				ServiceBusFailureReason.MESSAGING_ENTITY_NOT_FOUND);
	}

	@ParameterizedTest
	@ValueSource(strings = { "color =", "color LIKE 5 5", "sys.NoSuchProperty = 1", "color = 'unclosed", "fn(color)" })
	void invalidSqlIsRefused(String expression) {
		assertRefused(() -> this.subscription.addRule("r", new SqlRuleFilter(expression)),
				ServiceBusFailureReason.GENERAL_ERROR);
		assertThat(this.subscription.ruleNames()).containsExactly("$Default");
	}

	@Test
	void invalidActionIsRefused() {
		assertRefused(() -> this.subscription.addRule("r", new TrueRuleFilter(), new SqlRuleAction("DROP color")),
				ServiceBusFailureReason.GENERAL_ERROR);
	}

	@Test
	void emptyCorrelationFilterIsRefused() {
		assertRefused(() -> this.subscription.addRule("r", new CorrelationRuleFilter()),
				ServiceBusFailureReason.GENERAL_ERROR);
	}

	@Test
	void replacedDefaultRuleDecidesOnLaterMessages() {
		this.subscription.send(new ServiceBusMessage("before"));
		this.subscription.rules.deleteRule("$Default");
		this.subscription.rules.createRule("$Default",
				new CreateRuleOptions(new CorrelationRuleFilter().setLabel("wanted")));
		this.subscription.send(new ServiceBusMessage("wanted").setSubject("wanted"),
				new ServiceBusMessage("unwanted").setSubject("Wanted"));
		assertThat(this.subscription.receive()).extracting((message) -> message.getBody().toString())
			.containsExactly("before", "wanted");
	}

	@Test
	void rulesOfAMissingSubscriptionAreMissing() {
		namespace.emulator.deleteSubscription(this.subscription.view.path().split("/")[0], "All");
		// What goes wrong with the link is not wrapped by the SDK.
		assertThatThrownBy(() -> this.subscription.addRule("r", new TrueRuleFilter())).isInstanceOfSatisfying(
				AmqpException.class,
				(ex) -> assertThat(ex.getErrorCondition()).isEqualTo(AmqpErrorCondition.NOT_FOUND));
	}

	private static void assertRefused(Runnable call, ServiceBusFailureReason reason) {
		assertThatThrownBy(call::run).isInstanceOfSatisfying(ServiceBusException.class,
				(ex) -> assertThat(ex.getReason()).as(ex.getMessage()).isEqualTo(reason));
	}

}
