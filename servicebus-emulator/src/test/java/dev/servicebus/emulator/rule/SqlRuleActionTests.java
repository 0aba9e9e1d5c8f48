package dev.servicebus.emulator.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class SqlRuleActionTests {

	private final TestSubject target = new TestSubject().with(SystemProperty.LABEL, "order")
		.with(SystemProperty.SESSION_ID, "s-1")
		.with("Color", "red")
		.with("quantity", 5);

	@Test
	void setCreatesAndOverwritesUserProperties() {
		apply("SET size = 'L'; SET user.color = 'blue'; SET [order id] = quantity + 1");

		assertThat(this.target.userProperties()).containsOnly(Map.entry("Color", "blue"), Map.entry("quantity", 5),
				Map.entry("size", "L"), Map.entry("order id", 6L));
	}

	@Test
	void valuesHaveTheTypeOfTheirExpression() {
		UUID id = UUID.randomUUID();
		this.target.withNewId(id);

		apply("SET a = 1, SET b = 1.5, SET c = 'x' + 'y', SET d = TRUE, SET e = newid(), SET f = quantity, SET g = NULL");

		assertThat(this.target.userProperties()).containsEntry("a", 1L)
			.containsEntry("b", 1.5)
			.containsEntry("c", "xy")
			.containsEntry("d", true)
			.containsEntry("e", id)
			.containsEntry("f", 5)
			.containsEntry("g", null);
	}

	@Test
	void statementsNeedNothingBetweenThem() {
		apply("SET a = 1 REMOVE Color\nSET b = a + 1");

		assertThat(this.target.userProperties()).containsEntry("a", 1L)
			.containsEntry("b", 2L)
			.doesNotContainKey("Color");
	}

	@Test
	void unknownSetsNull() {
		apply("SET Color = missing + 1");

		assertThat(this.target.userProperties()).containsEntry("Color", null);
	}

	@Test
	void statementsSeeEarlierChanges() {
		apply("SET a = quantity * 2; SET a = a + 1; SET b = sys.Label; SET sys.Label = 'x'; SET c = sys.Label");

		assertThat(this.target.userProperties()).containsEntry("a", 11L)
			.containsEntry("b", "order")
			.containsEntry("c", "x");
	}

	@Test
	void removeDropsUserPropertiesAndResetsSystemProperties() {
		apply("REMOVE COLOR; REMOVE user.missing; remove sys.Label, REMOVE sys.To;");

		assertThat(this.target.userProperties()).containsOnlyKeys("quantity");
		assertThat(this.target.systemProperty(SystemProperty.LABEL)).isNull();
		assertThat(this.target.systemProperty(SystemProperty.SESSION_ID)).isEqualTo("s-1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			sys.MessageId = 'm' + '1'            | MESSAGE_ID          | m1
			sys.correlationid = 5                | CORRELATION_ID      | 5
			sys.To = TRUE                        | TO                  | true
			sys.ReplyTo = Color                  | REPLY_TO            | red
			sys.Subject = quantity               | LABEL               | 5
			""")
	void systemPropertiesAreConvertedToStrings(String assignment, SystemProperty property, String expected) {
		apply("SET " + assignment);

		assertThat(this.target.systemProperty(property)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "PT1M30S, PT1M30S", "00:01:30, PT1M30S", "1.00:00:00.5, PT24H0.5S", "00:00:00.001, PT0.001S" })
	void timeToLiveTakesDurations(String text, Duration expected) {
		apply("SET sys.TimeToLive = '" + text + "'");

		assertThat(this.target.systemProperty(SystemProperty.TIME_TO_LIVE)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "2030-01-31T12:00:00Z, 2030-01-31T12:00:00Z", "2030-01-31T12:00:00+02:00, 2030-01-31T10:00:00Z",
			"2030-01-31T12:00:00, 2030-01-31T12:00:00Z" })
	void scheduledEnqueueTimeTakesPointsInTime(String text, Instant expected) {
		apply("SET sys.ScheduledEnqueueTimeUtc = '" + text + "'");

		assertThat(this.target.systemProperty(SystemProperty.SCHEDULED_ENQUEUE_TIME_UTC)).isEqualTo(expected);
	}

	@Test
	void parametersGiveValuesThatHaveNoLiteral() {
		SqlRuleAction action = SqlRuleAction.parse("SET sys.TimeToLive = @ttl; SET at = @at",
				Map.of("@ttl", Duration.ofSeconds(5), "@at", Instant.EPOCH));

		action.applyTo(this.target);

		assertThat(this.target.systemProperty(SystemProperty.TIME_TO_LIVE)).isEqualTo(Duration.ofSeconds(5));
		assertThat(this.target.userProperties()).containsEntry("at", Instant.EPOCH);
	}

	@Test
	void nullResetsASystemProperty() {
		apply("SET sys.Label = missing");

		assertThat(this.target.systemProperty(SystemProperty.LABEL)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					SET sys.TimeToLive = 5                       | sys.TimeToLive cannot be set to a number; it takes a duration
					SET sys.TimeToLive = 'soon'                  | sys.TimeToLive cannot be set to this string
					SET sys.TimeToLive = 'PT0S'                  | sys.TimeToLive cannot be set to a string; it takes a duration above zero
					SET sys.TimeToLive = 'PT-1S'                 | sys.TimeToLive cannot be set to a string
					SET sys.TimeToLive = '99999999999.00:00:01'  | sys.TimeToLive cannot be set to this string
					SET sys.ScheduledEnqueueTimeUtc = 'x'        | sys.ScheduledEnqueueTimeUtc cannot be set to this string
					SET sys.ScheduledEnqueueTimeUtc = TRUE       | sys.ScheduledEnqueueTimeUtc cannot be set to a value of type Boolean
					SET sys.Label = bytes                        | sys.Label cannot be set to binary data; it takes a string
					SET a = 1 / 0                                | division by zero
					""")
	void whatCannotBeDoneIsATypedError(String expression, String message) {
		this.target.with("bytes", new byte[1]);

		assertThatThrownBy(() -> apply(expression)).isInstanceOf(FilterException.class).hasMessageContaining(message);
	}

	@Test
	void stringsCannotBeDoubledForEver() {
		StringBuilder text = new StringBuilder("SET a = 'xxxxxxxxxxxxxxxx'");
		for (int i = 1; i < 32; i++) {
			text.append(";SET a = a + a");
		}

		assertThatThrownBy(() -> apply(text.toString())).isInstanceOf(FilterException.class)
			.hasMessageContaining("65536 characters");
	}

	@Test
	void actionsAreEqualByTextAndParameters() {
		assertThat(SqlRuleAction.parse("REMOVE a")).isEqualTo(SqlRuleAction.parse("REMOVE a"))
			.hasSameHashCodeAs(SqlRuleAction.parse("REMOVE a"))
			.isNotEqualTo(SqlRuleAction.parse("REMOVE b"))
			.isNotEqualTo(SqlRuleAction.parse("REMOVE a", Map.of("x", 1)))
			.hasToString("SqlRuleAction[REMOVE a]");
	}

	private void apply(String expression) {
		SqlRuleAction.parse(expression).applyTo(this.target);
	}

}
