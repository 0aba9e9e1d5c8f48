package dev.servicebus.emulator.amqp.management.rule;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.servicebus.amqp.codec.AmqpReader;
import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.RefusedException;
import dev.servicebus.emulator.rule.CorrelationFilter;
import dev.servicebus.emulator.rule.FalseFilter;
import dev.servicebus.emulator.rule.Rule;
import dev.servicebus.emulator.rule.RuleFilter;
import dev.servicebus.emulator.rule.SqlFilter;
import dev.servicebus.emulator.rule.SqlRuleAction;
import dev.servicebus.emulator.rule.SystemProperty;
import dev.servicebus.emulator.rule.TrueFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(10)
class RuleWireTests {

	private static final Instant CREATED = Instant.ofEpochMilli(1_700_000_000_000L);

	@Test
	void ruleIsWrittenInTheBytesThatClientsExpect() {
		assertThat(hex(new Rule("r1", SqlFilter.parse("a=1"), null, CREATED))).isEqualTo("00800000013700000004c02d04"
				+ "00800000001370000006c00802a103613d315414" + "0080000001370000000545" + "a1027231830000018bcfe56800");
	}

	@Test
	void filtersForAllAndForNothingHaveDescriptorsOfTheirOwn() {
		assertThat(hex(new Rule("r", new TrueFilter(), null, CREATED))).contains("0080000000137000000745");
		assertThat(hex(new Rule("r", new FalseFilter(), null, CREATED))).contains("0080000000137000000845");
	}

	@Test
	void correlationFilterIsWrittenFieldByField() {
		CorrelationFilter filter = new CorrelationFilter(
				Map.of(SystemProperty.CORRELATION_ID, "c", SystemProperty.CONTENT_TYPE, "t"), Map.of("k", 1));
		DescribedValue written = (DescribedValue) ((List<?>) RuleWriter.write(new Rule("r", filter, null, CREATED))
			.value()).get(0);
		assertThat(written.descriptor()).isEqualTo(UnsignedLong.of(83483426825L));
		assertThat(written.value())
			.isEqualTo(Arrays.asList("c", null, null, null, null, null, null, "t", Map.of("k", 1)));
	}

	@Test
	void everyRuleIsReadAsItWasWritten() {
		Map<String, Object> properties = Map.of("int", 1, "uint", UnsignedInteger.of(2), "long", 3L, "double", 1.5,
				"bool", true, "uuid", new UUID(1, 2), "time", CREATED, "symbol", Symbol.of("s"));
		CorrelationFilter correlation = new CorrelationFilter(
				Map.of(SystemProperty.CORRELATION_ID, "1", SystemProperty.MESSAGE_ID, "2", SystemProperty.TO, "3",
						SystemProperty.REPLY_TO, "4", SystemProperty.LABEL, "5", SystemProperty.SESSION_ID, "6",
						SystemProperty.REPLY_TO_SESSION_ID, "7", SystemProperty.CONTENT_TYPE, "8"),
				properties);
		for (RuleFilter filter : List.of(SqlFilter.parse("a LIKE 'x%'"), new TrueFilter(), new FalseFilter(),
				correlation)) {
			Rule rule = new Rule("r", filter, SqlRuleAction.parse("SET b = 1"), CREATED);
			assertThat(RuleReader.read("r", sent(RuleWriter.write(rule)), CREATED)).isEqualTo(rule);
		}
	}

	@Test
	void clientsWriteMaps() {
		Rule rule = read(Map.of("sql-filter", Map.of("expression", "a = 1"), "sql-rule-action",
				Map.of("expression", "REMOVE a"), "rule-name", "r"));
		assertThat(rule.filter()).isEqualTo(SqlFilter.parse("a = 1"));
		assertThat(rule.action()).isEqualTo(SqlRuleAction.parse("REMOVE a"));
		assertThat(rule.createdAt()).isEqualTo(CREATED);
		Map<String, Object> correlation = new HashMap<>(Map.of("label", "l", "properties", Map.of("k", 5L)));
		correlation.put("to", null);
		assertThat(read(Map.of("correlation-filter", correlation)).filter())
			.isEqualTo(new CorrelationFilter(Map.of(SystemProperty.LABEL, "l"), Map.of("k", 5L)));
	}

	@Test
	void filtersForAllAndForNothingAreWrittenAsSql() {
		assertThat(read(sql("1=1")).filter()).isEqualTo(new TrueFilter());
		assertThat(read(sql("1=0")).filter()).isEqualTo(new FalseFilter());
		assertThat(read(sql("1 = 1")).filter()).isEqualTo(SqlFilter.parse("1 = 1"));
	}

	@Test
	void partsMayBeDescribedWithinAMap() {
		DescribedValue filter = new DescribedValue(Symbol.of("com.microsoft:sql-filter:list"), List.of("a = 1", 20));
		DescribedValue noAction = new DescribedValue(UnsignedLong.of(1335734829061L), List.of());
		Rule rule = read(Map.of(Symbol.of("sql-filter"), filter, "sql-rule-action", noAction));
		assertThat(rule.filter()).isEqualTo(SqlFilter.parse("a = 1"));
		assertThat(rule.action()).isNull();
		assertThat(read(Map.of("true-filter", Map.of())).filter()).isEqualTo(new TrueFilter());
		assertThat(read(Map.of("false-filter", List.of())).filter()).isEqualTo(new FalseFilter());
	}

	@Test
	void absentActionMayBeNull() {
		Map<String, Object> description = new HashMap<>(sql("a = 1"));
		description.put("sql-rule-action", null);
		assertThat(read(description).action()).isNull();
		description.put("sql-rule-action", Collections.singletonMap("expression", null));
		assertThat(read(description).action()).isNull();
	}

	@ParameterizedTest
	@MethodSource
	void invalidRules(Object description) {
		RefusedException refusal = catchThrowableOfType(RefusedException.class,
				() -> RuleReader.read("r", description, CREATED));
		assertThat(refusal).isNotNull();
		assertThat(refusal.failure()).isEqualTo(Failure.ARGUMENT_ERROR);
	}

	static List<Object> invalidRules() {
		return List.of("text", Map.of(), sql("a ="), sql("sys.Unknown = 1"), Map.of("sql-filter", "a = 1"),
				Map.of("sql-filter", Map.of()), Map.of("sql-filter", Map.of("expression", 5)),
				Map.of("correlation-filter", Map.of()), Map.of("correlation-filter", Map.of("properties", List.of())),
				Map.of("sql-filter", new DescribedValue(UnsignedLong.of(5), List.of("a = 1"))),
				Map.of("sql-filter", new DescribedValue(UnsignedLong.of(1335734829061L), List.of())),
				Map.of("sql-filter", Map.of("expression", "a = 1"), "sql-rule-action", Map.of("expression", "SET")),
				Map.of("sql-filter", Map.of("expression", "a = 1"), "sql-rule-action",
						new DescribedValue(UnsignedLong.of(83483426823L), List.of())));
	}

	private static Rule read(Map<?, ?> description) {
		return RuleReader.read("r", sent(description), CREATED);
	}

	private static Map<String, Object> sql(String expression) {
		return Map.of("sql-filter", Map.of("expression", expression));
	}

	private static String hex(Rule rule) {
		return HexFormat.of().formatHex(encoded(RuleWriter.write(rule)));
	}

	/**
	 * What arrives of a value at the other end of a connection.
	 */
	private static Object sent(Object value) {
		return new AmqpReader(encoded(value)).readValue();
	}

	private static byte[] encoded(Object value) {
		AmqpWriter writer = new AmqpWriter();
		writer.writeValue(value);
		return writer.toByteArray();
	}

}
