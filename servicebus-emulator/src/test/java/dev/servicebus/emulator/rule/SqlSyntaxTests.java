package dev.servicebus.emulator.rule;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Texts that are not valid, and what is said of them.
 */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SqlSyntaxTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					``                       | 1  | the end of the text      | a value
					`   `                    | 4  | the end of the text      | a value
					a                        | 2  | the end of the text      | a comparison, IS, IN or LIKE, since 'a' at position 1
					TRUE                     | 5  | the end of the text      | a comparison
					a = 1 b                  | 7  | 'b'                      | AND, OR or the end
					a = 1 = 2                | 7  | '='                      | AND, OR or the end
					a =                      | 4  | the end of the text      | a value
					a = = 1                  | 5  | '='                      | a value
					a == 1                   | 4  | '='                      | a value
					a = 1 AND                | 10 | the end of the text      | a value
					a = 1 AND AND b = 1      | 11 | 'AND'                    | a value
					a AND b = 1              | 3  | 'AND'                    | a comparison
					a = 1 OR 'x'             | 13 | the end of the text      | since the string 'x' at position 10
					(a = 1                   | 7  | the end of the text      | ')'
					a = 1)                   | 6  | ')'                      | AND, OR or the end
					()                       | 2  | ')'                      | a value
					(a = 1) + 2 = 3          | 1  | '('                      | a value, but what begins here is a condition
					a = (b = 1)              | 5  | '('                      | a value, but what begins here is a condition
					(a = 1) IS NULL          | 1  | '('                      | a value
					-(a = 1) = 2             | 2  | '('                      | a value
					NOT a                    | 6  | the end of the text      | a comparison
					a IS 1                   | 6  | the number '1'           | 'NULL'
					a IS NOT                 | 9  | the end of the text      | 'NULL'
					a NOT = 1                | 7  | '='                      | IN or LIKE
					a IN 1                   | 6  | the number '1'           | '('
					a IN ()                  | 7  | ')'                      | a value
					a IN (1                  | 8  | the end of the text      | ')'
					a IN (1,)                | 9  | ')'                      | a value
					a LIKE                   | 7  | the end of the text      | a value
					a LIKE 5                 | 8  | the number '5'           | a string
					a LIKE TRUE              | 8  | 'TRUE'                   | a string
					a LIKE 'x' ESCAPE 1      | 19 | the number '1'           | a string
					a LIKE 'x' ESCAPE 'ab'   | 8  | the string 'x'           | not exactly one character
					a LIKE 'x#' ESCAPE '#'   | 8  | the string 'x#'          | ends with its escape character
					a LIKE 'x' ESCAPE ''     | 8  | the string 'x'           | not exactly one character
					EXISTS a                 | 8  | 'a'                      | '('
					EXISTS(1)                | 8  | the number '1'           | the name of a property
					EXISTS(a = 1)            | 10 | '='                      | ')'
					EXISTS(a                 | 9  | the end of the text      | ')'
					sys.Foo = 1              | 5  | 'Foo'                    | one of the system properties ContentType, CorrelationId
					EXISTS(sys.color)        | 12 | 'color'                  | one of the system properties
					[sys].Label = 1          | 1  | 'sys'                    | the scope 'sys' or 'user'
					other.color = 1          | 1  | 'other'                  | the scope 'sys' or 'user'
					sys. = 1                 | 6  | '='                      | the name of a property
					user.1 = 1               | 5  | the number '.1'          | a comparison
					a.b.c = 1                | 1  | 'a'                      | the scope 'sys' or 'user'
					sys.Label.x = 1          | 10 | '.'                      | a comparison
					like = 1                 | 1  | 'LIKE'                   | a value
					lower(a) = 1             | 1  | 'lower'                  | one of the functions newid(), property() and p()
					newid(1) = 1             | 7  | the number '1'           | ')'
					newid = 1 OR newid( = 2  | 21 | '='                      | ')'
					p() = 1                  | 3  | ')'                      | a value
					p('a' = 1                | 7  | '='                      | ')'
					a = @b                   | 5  | '@b'                     | no parameter, since none has a value
					a = @                    | 5  | '@'                      | '@' and the name of a parameter
					a = 'x                   | 5  | a string without an end  | a closing '
					a = 'x''                 | 5  | a string without an end  | a closing '
					[a = 1                   | 1  | a name without an end    | a closing ]
					"a = 1                   | 1  | a name without an end    | a closing "
					[] = 1                   | 1  | an empty name            | the name of a property
					"" = 1                   | 1  | an empty name            | the name of a property
					a = 1b                   | 6  | 'b'                      | a space after the number '1'
					a = 1_                   | 6  | '_'                      | a space after the number '1'
					a = 1.2.3                | 8  | the number '.3'          | AND, OR or the end
					a = 1E                   | 5  | a number without the digits of its exponent | a number such as 1.5E3
					a = 1e+ 3                | 5  | a number without the digits of its exponent | a number such as 1.5E3
					a = 9223372036854775808  | 5  | the number '9223372036854775808' | an integer of at most 64 bits
					a = -9223372036854775809 | 6  | the number '9223372036854775809' | an integer of at most 64 bits
					a = 1E999                | 5  | the number '1E999'       | a number up to 1.79
					a ! b                    | 3  | '!'                      | a name, value, operator
					a & b                    | 3  | '&'                      | a name, value, operator
					a = 1;                   | 6  | ';'                      | AND, OR or the end
							""")
	void saysWhereAndWhatWasFoundAndExpected(String text, int position, String found, String expected) {
		SqlSyntaxException error = catchThrowableOfType(SqlSyntaxException.class, () -> SqlFilter.parse(text));

		assertThat(error).as("error").isNotNull();
		assertThat(error.found()).isEqualTo(found);
		assertThat(error.expected()).contains(expected);
		assertThat(error.position()).isEqualTo(position);
		assertThat(error).hasMessage("The SQL text is not valid at position " + position + ": found " + error.found()
				+ ", expected " + error.expected());
		assertThat(error.reason()).isEqualTo(RuleException.Reason.INVALID);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			``                       | 1  | the end of the text      | SET or REMOVE
			a = 1                    | 1  | 'a'                      | SET or REMOVE
			[SET] a = 1              | 1  | 'SET'                    | SET or REMOVE
			SET                      | 4  | the end of the text      | the name of a property
			SET a                    | 6  | the end of the text      | '='
			SET a > 1                | 7  | '>'                      | '='
			SET a =                  | 8  | the end of the text      | a value
			SET a = (b = 1)          | 9  | '('                      | a value
			SET 'a' = 1              | 5  | the string 'a'           | the name of a property
			SET a = 1 b = 2          | 11 | 'b'                      | ';', ',' or the end
			SET a = 1,               | 11 | the end of the text      | SET or REMOVE
			SET a = 1;;              | 11 | ';'                      | SET or REMOVE
			;SET a = 1               | 1  | ';'                      | SET or REMOVE
			REMOVE                   | 7  | the end of the text      | the name of a property
			REMOVE a = 1             | 10 | '='                      | ';', ',' or the end
			SET sys.Foo = 1          | 9  | 'Foo'                    | one of the system properties
			SET sys.SequenceNumber = 1 | 5 | 'sys.SequenceNumber'    | a property that senders may set
			REMOVE sys.EnqueuedTimeUtc | 8 | 'sys.EnqueuedTimeUtc'   | a property that senders may set
			SET a = @x               | 9  | '@x'                     | no parameter
			""")
	void actionsSayWhereAndWhat(String text, int position, String found, String expected) {
		SqlSyntaxException error = catchThrowableOfType(SqlSyntaxException.class, () -> SqlRuleAction.parse(text));

		assertThat(error).as("error").isNotNull();
		assertThat(error.found()).isEqualTo(found);
		assertThat(error.expected()).contains(expected);
		assertThat(error.position()).isEqualTo(position);
	}

	@Test
	void aMissingParameterIsNamedBesideThoseThatThereAre() {
		assertThatThrownBy(() -> SqlFilter.parse("a = @b", Map.of("@x", 1, "Y", 2)))
			.isInstanceOf(SqlSyntaxException.class)
			.hasMessageEndingWith("found '@b', expected one of the parameters x, Y");
	}

	@Test
	void textsHaveAtMost1024Characters() {
		String longest = "a = '" + "x".repeat(1024 - 6) + "'";

		assertThat(SqlFilter.parse(longest).expression()).hasSize(1024);
		assertThatThrownBy(() -> SqlFilter.parse(longest + " ")).isInstanceOf(SqlSyntaxException.class)
			.hasMessageContaining("found a text of 1025 characters, expected at most 1024");
		assertThatThrownBy(() -> SqlRuleAction.parse("SET " + longest)).isInstanceOf(SqlSyntaxException.class)
			.hasMessageContaining("at most 1024");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			`NOT ` | 1 = 1 | `` | ``
			(      | 1 = 1 | )  | ``
			(      | a     | )  | = 1
			`- `   | a     | `` | = 1
			+      | a     | `` | = 1
			p(     | 'a'   | )  | = 1
			""")
	void nestingHasAtMost32Levels(String open, String inner, String close, String rest) {
		SqlFilter.parse(open.repeat(32) + inner + close.repeat(32) + rest);

		assertThatThrownBy(() -> SqlFilter.parse(open.repeat(33) + inner + close.repeat(33) + rest))
			.isInstanceOf(SqlSyntaxException.class)
			.hasMessageContaining("at most 32 levels of nesting");
	}

	@Test
	void chainsAreNotNesting() {
		TestSubject subject = new TestSubject().with("a", 1);

		assertThat(SqlFilter.parse("1" + "+1".repeat(500) + " = 501").matches(subject)).isTrue();
		assertThat(SqlFilter.parse("a=1" + " OR a=1".repeat(140)).matches(subject)).isTrue();
		assertThat(SqlFilter.parse("a=1" + " AND a=1".repeat(120)).matches(subject)).isTrue();
		assertThat(SqlFilter.parse("(a=1)" + " OR (NOT p('a')=-a)".repeat(40)).matches(subject)).isTrue();
		assertThat(SqlFilter.parse("a IN (0" + ",0".repeat(500) + ",1)").matches(subject)).isTrue();
	}

	@Test
	void actionsHaveAtMost32Statements() {
		String most = IntStream.range(0, 32).mapToObj((i) -> "SET a" + i + " = " + i).collect(Collectors.joining("; "));
		SqlRuleAction.parse(most + ";");

		assertThatThrownBy(() -> SqlRuleAction.parse(most + ", REMOVE a")).isInstanceOf(SqlSyntaxException.class)
			.hasMessageContaining("at most 32 statements");
	}

	@Test
	void messagesStayShortAndPrintable() {
		assertThatThrownBy(() -> SqlFilter.parse("a = 1 \u0007")).hasMessageContaining("found '?'");
		assertThatThrownBy(() -> SqlFilter.parse("a = 1 [" + "\n".repeat(900) + "]"))
			.hasMessageContaining("found '" + "?".repeat(40) + "...'");
	}

}
