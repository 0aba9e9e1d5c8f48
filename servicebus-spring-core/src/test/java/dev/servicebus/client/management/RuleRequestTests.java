package dev.servicebus.client.management;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.client.MessagingEntityAlreadyExistsException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.rule.RuleAction;
import dev.servicebus.client.rule.RuleFilter;
import dev.servicebus.client.rule.RuleProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class RuleRequestTests {

	private static final String PATH = "orders/Subscriptions/audit";

	private static final EnumerateRules LIST = new EnumerateRules(0, 100);

	private static final DescribedValue NO_ACTION = described(0x13700000005L);

	@Test
	void sqlRuleCarriesItsExpressions() {
		RuleProperties rule = RuleProperties.of("big", RuleFilter.sql("size > 3"))
			.withAction(RuleAction.sql("SET a = 1"));
		assertThat(new AddRule(rule).body()).isEqualTo(
				Map.of("rule-name", "big", "rule-description", Map.of("sql-filter", Map.of("expression", "size > 3"),
						"sql-rule-action", Map.of("expression", "SET a = 1"), "rule-name", "big")));
	}

	@Test
	void filtersThatAlwaysDecideTheSameAreSqlFiltersWithoutAnAction() {
		assertThat(description(RuleFilter.matchAll())).containsEntry("sql-filter", Map.of("expression", "1=1"))
			.containsEntry("sql-rule-action", null);
		assertThat(description(RuleFilter.matchNone())).containsEntry("sql-filter", Map.of("expression", "1=0"));
	}

	@Test
	void correlationRuleNamesAllFields() {
		RuleFilter filter = RuleFilter.correlation()
			.correlationId("c")
			.messageId("m")
			.to("t")
			.replyTo("r")
			.subject("l")
			.sessionId("s")
			.replyToSessionId("rs")
			.contentType("ct")
			.property("priority", 7L)
			.build();
		assertThat(description(filter)).containsEntry("correlation-filter",
				Map.of("correlation-id", "c", "message-id", "m", "to", "t", "reply-to", "r", "label", "l", "session-id",
						"s", "reply-to-session-id", "rs", "content-type", "ct", "properties", Map.of("priority", 7L)));
	}

	@Test
	void parametersAreRefusedBecauseTheyWouldBeLost() {
		RuleFilter filter = new RuleFilter.Sql("a = @x", Map.of("@x", 1));
		assertThatIllegalArgumentException().isThrownBy(() -> new AddRule(RuleProperties.of("r", filter)))
			.withMessageContaining("'r'")
			.withMessageContaining("administration client");
	}

	@Test
	void ruleIsRemovedByName() {
		assertThat(new RemoveRule("big").body()).isEqualTo(Map.of("rule-name", "big"));
	}

	@Test
	void pageIsAskedForWithInts() {
		assertThat(new EnumerateRules(100, 50).body()).isEqualTo(Map.of("skip", 100, "top", 50));
	}

	@ParameterizedTest
	@MethodSource
	void filtersAreReadByTheirCodes(DescribedValue filter, RuleFilter expected) {
		List<RuleProperties> rules = LIST.decode(rules(rule(filter, NO_ACTION)), PATH);
		assertThat(rules).containsExactly(
				new RuleProperties("r1", expected, null, OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC)));
	}

	static Stream<Arguments> filtersAreReadByTheirCodes() {
		return Stream.of(arguments(described(0x1370000006L, "a = 1", 20), RuleFilter.sql("a = 1")),
				arguments(described(0x1370000007L, "1=1", 20), RuleFilter.matchAll()),
				arguments(described(0x1370000008L), RuleFilter.matchNone()),
				arguments(described(0x1370000009L, "c", null, null, null, "l", null, null, null, Map.of("k", 1)),
						RuleFilter.correlation().correlationId("c").subject("l").property("k", 1).build()),
				arguments(new DescribedValue(Symbol.of("com.microsoft:sql-filter:list"), List.of("a = 1", 20)),
						RuleFilter.sql("a = 1")));
	}

	@Test
	void actionIsRead() {
		DescribedValue action = described(0x13700000006L, "SET a = 1", 20);
		List<RuleProperties> rules = LIST.decode(rules(rule(described(0x1370000007L), action)), PATH);
		assertThat(rules.get(0).action()).isEqualTo(RuleAction.sql("SET a = 1"));
	}

	@Test
	void answerWithoutContentMeansNoRules() {
		assertThat(LIST.decode(answer(204, Map.of()), PATH)).isEmpty();
	}

	@Test
	void ruleOfAnUnknownKindIsNotMistakenForAnother() {
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> LIST.decode(rules(rule(described(0x1370000042L), NO_ACTION)), PATH))
			.withMessageContaining("unknown kind");
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> LIST.decode(rules(described(0x1370000006L, "a = 1")), PATH));
	}

	@Test
	void existingRuleIsReportedAsSuch() {
		AddRule request = new AddRule(RuleProperties.of("r", RuleFilter.matchAll()));
		assertThatExceptionOfType(MessagingEntityAlreadyExistsException.class)
			.isThrownBy(() -> request.decode(answer(409, Map.of()), PATH));
	}

	private static Map<String, Object> description(RuleFilter filter) {
		Object description = new AddRule(RuleProperties.of("r", filter)).body().get("rule-description");
		Map<String, Object> copy = new LinkedHashMap<>();
		((Map<?, ?>) description).forEach((key, value) -> copy.put((String) key, value));
		return copy;
	}

	private static DescribedValue rule(DescribedValue filter, DescribedValue action) {
		return described(0x13700000004L, filter, action, "r1", Instant.parse("2026-01-02T03:04:05Z"));
	}

	private static DescribedValue described(long code, Object... fields) {
		return new DescribedValue(UnsignedLong.of(code), Arrays.asList(fields));
	}

	private static EncodedMessage rules(DescribedValue rule) {
		return answer(200, Map.of("rules", List.of(Map.of("rule-description", rule))));
	}

	private static EncodedMessage answer(int status, Map<String, Object> body) {
		return EncodedMessage
			.of(AmqpMessage.builder().applicationProperties(Map.of("statusCode", status)).value(body).build().encode());
	}

}
