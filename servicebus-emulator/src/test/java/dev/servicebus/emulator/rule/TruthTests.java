package dev.servicebus.emulator.rule;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The truth tables, of the values and of the language.
 */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class TruthTests {

	@ParameterizedTest
	@CsvSource({ "TRUE, TRUE, TRUE, TRUE", "TRUE, FALSE, FALSE, TRUE", "TRUE, UNKNOWN, UNKNOWN, TRUE",
			"FALSE, TRUE, FALSE, TRUE", "FALSE, FALSE, FALSE, FALSE", "FALSE, UNKNOWN, FALSE, UNKNOWN",
			"UNKNOWN, TRUE, UNKNOWN, TRUE", "UNKNOWN, FALSE, FALSE, UNKNOWN", "UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN" })
	void andAndOr(Truth left, Truth right, Truth and, Truth or) {
		assertThat(left.and(right)).isEqualTo(and);
		assertThat(left.or(right)).isEqualTo(or);
		assertThat(test(sql(left) + " AND " + sql(right))).isEqualTo(and);
		assertThat(test(sql(left) + " OR " + sql(right))).isEqualTo(or);
	}

	@ParameterizedTest
	@CsvSource({ "TRUE, FALSE", "FALSE, TRUE", "UNKNOWN, UNKNOWN" })
	void not(Truth value, Truth not) {
		assertThat(value.not()).isEqualTo(not);
		assertThat(test("NOT " + sql(value))).isEqualTo(not);
	}

	private static String sql(Truth truth) {
		return switch (truth) {
			case TRUE -> "1 = 1";
			case FALSE -> "1 = 0";
			case UNKNOWN -> "missing = 0";
		};
	}

	private static Truth test(String expression) {
		return new SqlPredicateParser(new SqlTokens(expression), Map.of()).parse().test(new TestSubject());
	}

}
