package dev.servicebus.message;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ApplicationPropertiesTests {

	@ParameterizedTest
	@MethodSource("simpleValues")
	void simpleValuesAreTheSameOnTheWire(Object value) {
		Map<String, Object> properties = Map.of("key", value);
		assertThat(ApplicationProperties.toAmqp(properties)).isEqualTo(properties);
		assertThat(ApplicationProperties.fromAmqp(properties)).isEqualTo(properties);
	}

	static Stream<Object> simpleValues() {
		return Stream.of("text", true, (byte) 1, (short) 2, 3, 4L, 5f, 6.0, 'c', UUID.randomUUID(),
				Instant.ofEpochMilli(7), new byte[] { 8 }, UnsignedInteger.of(9), Symbol.of("ten"));
	}

	@Test
	void absentValueIsKept() {
		Map<String, Object> properties = new HashMap<>();
		properties.put("key", null);
		assertThat(ApplicationProperties.toAmqp(properties)).containsEntry("key", null);
		assertThat(ApplicationProperties.fromAmqp(properties)).containsEntry("key", null);
	}

	@Test
	void durationCountsInTicks() {
		assertThat(roundTrip(Duration.ofSeconds(1), "com.microsoft:timespan", 10_000_000L))
			.isEqualTo(Duration.ofSeconds(1));
		assertThat(roundTrip(Duration.ofMillis(-1500), "com.microsoft:timespan", -15_000_000L))
			.isEqualTo(Duration.ofMillis(-1500));
	}

	@Test
	void dateTimeCountsInTicksSinceTheYearOne() {
		OffsetDateTime time = OffsetDateTime.of(2023, 11, 14, 23, 13, 20, 0, ZoneOffset.ofHours(1));
		assertThat(roundTrip(time, "com.microsoft:datetime-offset", 638_355_968_000_000_000L))
			.isEqualTo(time.withOffsetSameInstant(ZoneOffset.UTC));
		OffsetDateTime first = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 100, ZoneOffset.UTC);
		assertThat(roundTrip(first, "com.microsoft:datetime-offset", 1L)).isEqualTo(first);
	}

	@Test
	void uriIsText() {
		URI uri = URI.create("https://example.org/a?b=c");
		assertThat(roundTrip(uri, "com.microsoft:uri", "https://example.org/a?b=c")).isEqualTo(uri);
	}

	@Test
	void describedValuesThatAreBrokenOrUnknownStayWhatTheyAre() {
		List<DescribedValue> odd = List.of(new DescribedValue(Symbol.of("com.microsoft:uri"), "not a uri"),
				new DescribedValue(Symbol.of("com.microsoft:timespan"), "an hour"),
				new DescribedValue(Symbol.of("com.microsoft:datetime-offset"), Long.MIN_VALUE),
				new DescribedValue(Symbol.of("acme:shape"), "round"));
		assertThat(odd).allSatisfy((value) -> {
			assertThat(ApplicationProperties.fromAmqp(Map.of("key", value))).containsEntry("key", value);
			assertThat(ApplicationProperties.toAmqp(Map.of("key", value))).containsEntry("key", value);
		});
	}

	@Test
	void valueWithoutATypeOnTheWireIsRefusedByName() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ApplicationProperties.toAmqp(Map.of("price", BigDecimal.TEN)))
			.withMessageStartingWith("application property 'price' has type java.math.BigDecimal");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ApplicationProperties.toAmqp(Map.of("list", List.of("a"))));
	}

	@Test
	void readPropertiesCannotBeChanged() {
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> ApplicationProperties.fromAmqp(Map.of()).put("key", "value"));
	}

	private static Object roundTrip(Object value, String descriptor, Object encoded) {
		Map<String, Object> amqp = ApplicationProperties.toAmqp(Map.of("key", value));
		assertThat(amqp).containsEntry("key", new DescribedValue(Symbol.of(descriptor), encoded));
		return ApplicationProperties.fromAmqp(amqp).get("key");
	}

}
