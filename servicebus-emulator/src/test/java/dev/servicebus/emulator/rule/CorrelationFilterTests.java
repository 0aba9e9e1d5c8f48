package dev.servicebus.emulator.rule;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class CorrelationFilterTests {

	@ParameterizedTest
	@EnumSource(names = { "CORRELATION_ID", "MESSAGE_ID", "TO", "REPLY_TO", "LABEL", "SESSION_ID",
			"REPLY_TO_SESSION_ID", "CONTENT_TYPE" })
	void comparesEightSystemProperties(SystemProperty property) {
		CorrelationFilter filter = new CorrelationFilter(Map.of(property, "Value"), Map.of());

		assertThat(filter.matches(new TestSubject().with(property, "Value"))).isTrue();
		assertThat(filter.matches(new TestSubject().with(property, "value"))).isFalse();
		assertThat(filter.matches(new TestSubject().with(property, "Value "))).isFalse();
		assertThat(filter.matches(new TestSubject())).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "PARTITION_KEY", "SEQUENCE_NUMBER", "TIME_TO_LIVE", "SIZE" })
	void refusesOtherSystemProperties(SystemProperty property) {
		assertThatThrownBy(() -> new CorrelationFilter(Map.of(property, "1"), Map.of()))
			.isInstanceOf(RuleException.class)
			.hasMessage("The correlation filter cannot compare sys." + property.text());
	}

	@ParameterizedTest
	@MethodSource("values")
	void comparesUserPropertiesByClass(Object expected, @Nullable Object actual, boolean matches) {
		CorrelationFilter filter = new CorrelationFilter(Map.of(), Map.of("key", expected));

		assertThat(filter.matches(new TestSubject().with("key", actual))).isEqualTo(matches);
	}

	static Stream<Arguments> values() {
		UUID id = UUID.randomUUID();
		return Stream.of(arguments("5", "5", true), arguments("a", "A", false), arguments("", "", true),
				arguments(5, 5L, true), arguments(5L, (byte) 5, true), arguments((short) 5, 5, true),
				arguments(5, 6, false), arguments(5, "5", false), arguments("5", 5, false), arguments(5, 5.0, false),
				arguments(5.0, 5, false), arguments(2.5, 2.5f, true), arguments(2.5, new BigDecimal("2.50"), true),
				arguments(true, true, true), arguments(true, false, false), arguments(true, "true", false),
				arguments(1, true, false),
				arguments(id, new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()), true),
				arguments(id, id.toString(), false), arguments(Instant.EPOCH, Instant.ofEpochMilli(0), true),
				arguments(new byte[] { 1, 2 }, new byte[] { 1, 2 }, true),
				arguments(new byte[] { 1, 2 }, new byte[] { 1, 3 }, false), arguments("x", null, false));
	}

	@Test
	void allConditionsMustHold() {
		CorrelationFilter filter = new CorrelationFilter(
				Map.of(SystemProperty.LABEL, "order", SystemProperty.TO, "here"), Map.of("a", 1, "b", "x"));
		TestSubject subject = new TestSubject().with(SystemProperty.LABEL, "order")
			.with(SystemProperty.TO, "here")
			.with("A", 1)
			.with("B", "x")
			.with("c", "more");

		assertThat(filter.matches(subject)).isTrue();
		assertThat(filter.matches(subject.with("B", "y"))).isFalse();
		assertThat(filter.matches(subject.with("B", "x").with(SystemProperty.TO, "there"))).isFalse();
	}

	@Test
	void whatIsNotGivenIsNoCondition() {
		Map<String, Object> userProperties = new HashMap<>(Map.of("a", 1));
		userProperties.put("b", null);

		CorrelationFilter filter = new CorrelationFilter(Map.of(SystemProperty.TO, ""), userProperties);

		assertThat(filter.systemProperties()).isEmpty();
		assertThat(filter.userProperties()).containsOnlyKeys("a");
		assertThat(filter.matches(new TestSubject().with("a", 1))).isTrue();
	}

	@Test
	void withoutConditionsIsRefused() {
		assertThatThrownBy(() -> new CorrelationFilter(Map.of(SystemProperty.TO, ""), Map.of()))
			.isInstanceOf(RuleException.class)
			.hasMessage("The correlation filter has no condition; give at least one property a value");
	}

}
