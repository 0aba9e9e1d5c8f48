package dev.servicebus.emulator.rule;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What each construct of the language means, tested on one message.
 */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SqlFilterTests {

	private static final UUID ID = UUID.fromString("6fd3b1f0-3c53-4bd2-9e4e-7a1f6c6f1e11");

	private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");

	private final TestSubject subject = new TestSubject().with(SystemProperty.LABEL, "order")
		.with(SystemProperty.MESSAGE_ID, "m-1")
		.with(SystemProperty.SEQUENCE_NUMBER, 7L)
		.with(SystemProperty.ENQUEUED_TIME_UTC, NOON)
		.with("color", "red")
		.with("Empty", "")
		.with("quantity", 5)
		.with("small", (byte) -3)
		.with("big", 9_007_199_254_740_993L)
		.with("min", Long.MIN_VALUE)
		.with("max", Long.MAX_VALUE)
		.with("price", 2.5)
		.with("weight", 0.1f)
		.with("nan", Double.NaN)
		.with("paid", true)
		.with("blank", null)
		.with("order id", "o-1")
		.with("a\"b", 1)
		.with("a]b", 2)
		.with("größe", 3)
		.with("_x1", 4)
		.with("and", 6)
		.with("sys", "s")
		.with("name", "color")
		.with("bytes", new byte[] { 1, 2 })
		.with("id", ID)
		.with("when", NOON)
		.with("span", Duration.ofMinutes(1))
		.with("rate", "100%")
		.with("pattern", "r_d")
		.with("hash", "#");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			1 = 1                              | TRUE
			1=0                                | FALSE
			quantity = 5                       | TRUE
			quantity <> 5                      | FALSE
			quantity != 4                      | TRUE
			quantity > 4                       | TRUE
			quantity > 5                       | FALSE
			quantity >= 5                      | TRUE
			quantity < 5                       | FALSE
			quantity <= 5                      | TRUE
			quantity>4                         | TRUE
			small < -2                         | TRUE
			color = 'red'                      | TRUE
			color = 'Red'                      | FALSE
			color <> 'blue'                    | TRUE
			color > 'rea'                      | TRUE
			color < 'rf'                       | TRUE
			'Z' < 'a'                          | TRUE
			price > 2                          | TRUE
			price = 2.5                        | TRUE
			quantity = 5.0                     | TRUE
			weight = 0.1                       | FALSE
			big = 9007199254740993             | TRUE
			big = 9007199254740992             | FALSE
			big = 9007199254740992.0           | TRUE
			min = -9223372036854775808         | TRUE
			max = 9223372036854775807          | TRUE
			nan = nan                          | FALSE
			nan <> nan                         | TRUE
			nan < 1                            | FALSE
			nan >= 1                           | FALSE
			paid = TRUE                        | TRUE
			paid = false                       | FALSE
			paid <> FALSE                      | TRUE
			paid > FALSE                       | UNKNOWN
			bytes = bytes                      | TRUE
			bytes < bytes                      | UNKNOWN
			id = id                            | TRUE
			id < id                            | UNKNOWN
			when = sys.EnqueuedTimeUtc         | TRUE
			when < sys.EnqueuedTimeUtc         | FALSE
			span >= span                       | TRUE
			""")
	void comparisons(String expression, Truth expected) {
		assertThat(test(expression)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			color = 5                          | UNKNOWN
			color <> 5                         | UNKNOWN
			color > 5                          | UNKNOWN
			paid = 1                           | UNKNOWN
			paid = 'true'                      | UNKNOWN
			id = '6fd3b1f0'                    | UNKNOWN
			when > '2000-01-01'                | UNKNOWN
			missing = 1                        | UNKNOWN
			missing <> 1                       | UNKNOWN
			missing = missing                  | UNKNOWN
			blank = 1                          | UNKNOWN
			1 = NULL                           | UNKNOWN
			NULL = NULL                        | UNKNOWN
			quantity + missing = 5             | UNKNOWN
			- missing = 5                      | UNKNOWN
			- color = 'red'                    | UNKNOWN
			+ color = 'red'                    | UNKNOWN
			color - 'r' = 'ed'                 | UNKNOWN
			color + 1 = 'red1'                 | UNKNOWN
			paid + 1 = 2                       | UNKNOWN
			missing / 0 = 1                    | UNKNOWN
			""")
	void whatHasNothingInCommonIsUnknown(String expression, Truth expected) {
		assertThat(test(expression)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			missing IS NULL                    | TRUE
			blank IS NULL                      | TRUE
			color IS NULL                      | FALSE
			missing IS NOT NULL                | FALSE
			blank is not null                  | FALSE
			color IS NOT NULL                  | TRUE
			sys.CorrelationId IS NULL          | TRUE
			sys.MessageId IS NOT NULL          | TRUE
			user.color IS NOT NULL             | TRUE
			EXISTS(color)                      | TRUE
			EXISTS(blank)                      | TRUE
			exists ( missing )                 | FALSE
			NOT EXISTS(missing)                | TRUE
			EXISTS(sys.Label)                  | TRUE
			EXISTS(sys.To)                     | FALSE
			EXISTS([order id])                 | TRUE
			EXISTS(COLOR)                      | TRUE
			""")
	void presence(String expression, Truth expected) {
		assertThat(test(expression)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			color IN ('blue', 'red')           | TRUE
			color IN ('blue')                  | FALSE
			color NOT IN ('blue', 'green')     | TRUE
			color NOT IN ('red')               | FALSE
			quantity IN (1, 2 + 3)             | TRUE
			quantity in (5.0)                  | TRUE
			missing IN (1)                     | UNKNOWN
			missing NOT IN (1)                 | UNKNOWN
			color IN ('blue', missing)         | UNKNOWN
			color IN (missing, 'red')          | TRUE
			color NOT IN (missing, 'red')      | FALSE
			color NOT IN ('blue', NULL)        | UNKNOWN
			color IN (1, 2)                    | UNKNOWN
			""")
	void lists(String expression, Truth expected) {
		assertThat(test(expression)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			color LIKE 'red'                   | TRUE
			color LIKE 'r%'                    | TRUE
			color LIKE '%e%'                   | TRUE
			color LIKE '_e_'                   | TRUE
			color LIKE 'R%'                    | FALSE
			color LIKE 'e%'                    | FALSE
			color NOT LIKE 'b%'                | TRUE
			color NOT LIKE '%'                 | FALSE
			Empty LIKE ''                      | TRUE
			Empty LIKE '_'                     | FALSE
			missing LIKE '%'                   | UNKNOWN
			missing NOT LIKE '%'               | UNKNOWN
			color LIKE NULL                    | UNKNOWN
			color LIKE missing                 | UNKNOWN
			color LIKE 'r%' ESCAPE missing     | UNKNOWN
			rate LIKE '100\\%' ESCAPE '\\'     | TRUE
			color LIKE 'r\\%' ESCAPE '\\'      | FALSE
			rate LIKE '%#%' ESCAPE '#'         | TRUE
			color LIKE pattern                 | TRUE
			color LIKE 'r' + '%'               | TRUE
			rate LIKE '100#%' ESCAPE hash      | TRUE
			sys.Label LIKE 'ord%'              | TRUE
			""")
	void patterns(String expression, Truth expected) {
		assertThat(test(expression)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			1 + 2 * 3 = 7                      | TRUE
			(1 + 2) * 3 = 9                    | TRUE
			10 - 2 - 3 = 5                     | TRUE
			10 - (2 - 3) = 11                  | TRUE
			100 / 10 / 5 = 2                   | TRUE
			7 / 2 = 3                          | TRUE
			-7 / 2 = -3                        | TRUE
			7 / 2.0 = 3.5                      | TRUE
			7 % 4 = 3                          | TRUE
			-7 % 4 = -3                        | TRUE
			7.5 % 2 = 1.5                      | TRUE
			10 % 4 * 2 = 4                     | TRUE
			- quantity = -5                    | TRUE
			- - quantity = 5                   | TRUE
			--5 = 5                            | TRUE
			+quantity = 5                      | TRUE
			-price = -2.5                      | TRUE
			2 - -3 = 5                         | TRUE
			2*-3 = -6                          | TRUE
			-(1 + 1) = -2                      | TRUE
			-2 + 5 = 3                         | TRUE
			quantity * price = 12.5            | TRUE
			'a' + 'b' = 'ab'                   | TRUE
			color + '-' + 'x' = 'red-x'        | TRUE
			((((quantity)))) = 5               | TRUE
			1.5E3 = 1500                       | TRUE
			1e-1 = 0.1                         | TRUE
			2E+2 = 200                         | TRUE
			.5 = 0.5                           | TRUE
			5. = 5                             | TRUE
			007 = 7                            | TRUE
			min % -1 = 0                       | TRUE
			""")
	void arithmetic(String expression, Truth expected) {
		assertThat(test(expression)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			COLOR = 'red'                      | TRUE
			user.color = 'red'                 | TRUE
			USER.Color = 'red'                 | TRUE
			user . color = 'red'               | TRUE
			[color] = 'red'                    | TRUE
			"color" = 'red'                    | TRUE
			[order id] = 'o-1'                 | TRUE
			user.[order id] = 'o-1'            | TRUE
			user."order id" = 'o-1'            | TRUE
			"a""b" = 1                         | TRUE
			[a]]b] = 2                         | TRUE
			größe = 3                          | TRUE
			_x1 = 4                            | TRUE
			[and] = 6                          | TRUE
			"AND" = 6                          | TRUE
			sys = 's'                          | TRUE
			sys.Label = 'order'                | TRUE
			sys.label = 'order'                | TRUE
			SYS.LABEL = 'order'                | TRUE
			sys.Subject = 'order'              | TRUE
			sys.[Label] = 'order'              | TRUE
			sys.SequenceNumber = 7             | TRUE
			Label = 'order'                    | UNKNOWN
			user.Label = 'order'               | UNKNOWN
			'it''s' = 'it''s'                  | TRUE
			'''' = ''''                        | TRUE
			'' = Empty                         | TRUE
			property('color') = 'red'          | TRUE
			p('COLOR') = 'red'                 | TRUE
			P(name) = 'red'                    | TRUE
			p('order id') = 'o-1'              | TRUE
			p('missing') = 1                   | UNKNOWN
			p('missing') IS NULL               | TRUE
			p(missing) = 1                     | UNKNOWN
			newid() IS NOT NULL                | TRUE
			NewId() = newid()                  | FALSE
			""")
	void namesLiteralsAndFunctions(String expression, Truth expected) {
		assertThat(test(expression)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			1=1 OR 1=1 AND 1=0                     | TRUE
			(1=1 OR 1=1) AND 1=0                   | FALSE
			NOT 1=0 AND 1=1                        | TRUE
			NOT (1=0 AND 1=1)                      | TRUE
			NOT 1=1 OR 1=1                         | TRUE
			NOT (1=1 OR 1=1)                       | FALSE
			NOT NOT 1=1                            | TRUE
			NOT color IS NULL                      | TRUE
			NOT quantity + 1 = 5                   | TRUE
			not color = 'red' and quantity = 5     | FALSE
			quantity <> 0 AND 10 / quantity = 2    | TRUE
			(color = 'red')                        | TRUE
			((color = 'red') AND (quantity = 5))   | TRUE
			1=0 AND 1/0 = 1                        | FALSE
			1=1 OR 1/0 = 1                         | TRUE
			color LIKE 'r%' AND quantity IN (5)    | TRUE
			""")
	void precedence(String expression, Truth expected) {
		assertThat(test(expression)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			quantity / 0 = 1                   | division by zero
			quantity % 0 = 1                   | division by zero
			price / 0.0 = 1                    | division by zero
			price % 0 = 1                      | division by zero
			max + 1 > 0                        | beyond the range of 64-bit integers
			min - 1 < 0                        | beyond the range of 64-bit integers
			max * 2 > 0                        | beyond the range of 64-bit integers
			min / -1 > 0                       | beyond the range of 64-bit integers
			-min > 0                           | beyond the range of 64-bit integers
			quantity LIKE '5%'                 | there is a number instead of a string left of LIKE
			bytes NOT LIKE 'x'                 | there is binary data instead of a string left of LIKE
			paid LIKE pattern                  | there is a value of type Boolean instead of a string left of LIKE
			color LIKE quantity                | there is a number instead of a string as the pattern of LIKE
			color LIKE 'x' ESCAPE quantity     | there is a number instead of a string as the escape character of LIKE
			color LIKE 'x' ESCAPE color        | the escape character is not exactly one character
			color LIKE 'x' + '#' ESCAPE hash   | the pattern ends with its escape character
			p(quantity) = 1                    | property() was given a number instead of a name
			1/0 = 1 AND 1=0                    | division by zero
			missing = 1 OR 1/0 = 1             | division by zero
			""")
	void whatHasNoResultIsATypedError(String expression, String message) {
		assertThatThrownBy(() -> SqlFilter.parse(expression).matches(this.subject)).isInstanceOf(FilterException.class)
			.hasMessageContaining(message);
	}

	@Test
	void onlyTrueMatches() {
		assertThat(SqlFilter.parse("color = 'red'").matches(this.subject)).isTrue();
		assertThat(SqlFilter.parse("color = 'blue'").matches(this.subject)).isFalse();
		assertThat(SqlFilter.parse("missing = 'red'").matches(this.subject)).isFalse();
		assertThat(SqlFilter.parse("NOT missing = 'red'").matches(this.subject)).isFalse();
	}

	@Test
	void numbersOfEveryClassAreCompared() {
		BigInteger tooBig = BigInteger.ONE.shiftLeft(64);
		TestSubject numbers = new TestSubject().with("short", (short) 300)
			.with("decimal", new BigDecimal("1.25"))
			.with("whole", new BigDecimal("4"))
			.with("integer", BigInteger.valueOf(Long.MAX_VALUE))
			.with("huge", tooBig);

		assertThat(SqlFilter.parse("short = 300 AND decimal = 1.25 AND whole / 8 = 0.5").matches(numbers)).isTrue();
		assertThat(SqlFilter.parse("integer = 9223372036854775807 AND integer <> 9223372036854775806").matches(numbers))
			.isTrue();
		assertThat(SqlFilter.parse("huge > integer AND huge = 18446744073709551616.0").matches(numbers)).isTrue();
	}

	@Test
	void parametersStandForTheirValues() {
		Map<String, Object> parameters = new HashMap<>();
		parameters.put("@color", "red");
		parameters.put("Limit", 4);
		parameters.put("@when", NOON);
		parameters.put("@nothing", null);

		SqlFilter filter = SqlFilter.parse("color = @COLOR AND quantity > @limit AND sys.EnqueuedTimeUtc = @when"
				+ " AND @nothing IS NULL AND color LIKE @color", parameters);

		assertThat(filter.matches(this.subject)).isTrue();
		assertThat(filter.parameters()).isEqualTo(parameters).isNotSameAs(parameters);
	}

	@Test
	void newIdComesFromTheMessage() {
		assertThat(SqlFilter.parse("newid() = id").matches(this.subject.withNewId(ID))).isTrue();
	}

	@Test
	void aStringCannotGrowForEver() {
		TestSubject large = new TestSubject().with("a", "a".repeat(ArithmeticOperator.MAX_STRING_LENGTH));

		assertThat(SqlFilter.parse("a + '' = a").matches(large)).isTrue();
		assertThatThrownBy(() -> SqlFilter.parse("a + 'b' = a").matches(large)).isInstanceOf(FilterException.class)
			.hasMessageContaining("65536 characters");
	}

	@Test
	void filtersAreEqualByTextAndParameters() {
		SqlFilter filter = SqlFilter.parse("a = @a", Map.of("@a", 1));

		assertThat(filter).isEqualTo(SqlFilter.parse("a = @a", Map.of("@a", 1)))
			.hasSameHashCodeAs(SqlFilter.parse("a = @a", Map.of("@a", 1)))
			.isNotEqualTo(SqlFilter.parse("a = @a", Map.of("@a", 2)))
			.isNotEqualTo(SqlFilter.parse("a  = @a", Map.of("@a", 1)))
			.hasToString("SqlFilter[a = @a]");
	}

	private Truth test(String expression) {
		return new SqlPredicateParser(new SqlTokens(expression), Map.of()).parse().test(this.subject);
	}

}
