package dev.servicebus.converter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.messaging.MessageHeaders;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class HeaderMapperTests {

	private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");

	private static final HeaderPatterns SHOP = new HeaderPatterns(List.of("shop-*", "region"), List.of("*-secret"));

	private final HeaderMapper mapper = new StandardHeaderMapper(HeaderPatterns.ALL, HeaderPatterns.ALL,
			InstantSource.fixed(NOW));

	@ParameterizedTest
	@CsvSource({ "shop-id, true", "region, true", "shop-, true", "regional, false", "id, false", "shop-secret, false" })
	void patternsChooseNames(String name, boolean matches) {
		assertThat(SHOP.matches(name)).isEqualTo(matches);
		assertThat(HeaderPatterns.ALL.matches(name)).isTrue();
	}

	@Test
	void patternsAreForHeadersThatAreApplicationProperties() {
		HeaderMapper chosen = HeaderMapper.of(SHOP, HeaderPatterns.ALL);
		ServiceBusMessage message = sent(chosen, Map.of("shop-id", 7, "shop-secret", "x", "other", 1,
				ServiceBusHeaders.SUBJECT, "created", MessageHeaders.CONTENT_TYPE, "text/plain"));
		assertThat(message.applicationProperties()).isEqualTo(Map.of("shop-id", 7));
		assertThat(message.subject()).isEqualTo("created");
		assertThat(message.contentType()).isEqualTo("text/plain");
	}

	@Test
	void patternsHideApplicationPropertiesButNotTheTypeOfThePayload() {
		HeaderMapper chosen = HeaderMapper.of(HeaderPatterns.ALL, SHOP);
		ServiceBusMessage message = ServiceBusMessage.builder()
			.subject("created")
			.applicationProperties(
					Map.of("shop-id", 7, "shop-secret", "x", "other", 1, MessageTypes.PROPERTY, "placed"))
			.build();
		assertThat(chosen.toHeaders(ServiceBusReceivedMessage.of(message, null))).containsEntry("shop-id", 7)
			.containsEntry(MessageTypes.PROPERTY, "placed")
			.containsEntry(ServiceBusHeaders.SUBJECT, "created")
			.doesNotContainKeys("shop-secret", "other");
	}

	@ParameterizedTest
	@MethodSource("delays")
	void delayOfSpringCloudAzureMaySayItInAnyWay(Object delay) {
		ServiceBusMessage message = sent(this.mapper, Map.of("x-delay", delay));
		assertThat(message.scheduledEnqueueTime()).isEqualTo(NOW.plusSeconds(90).atOffset(ZoneOffset.UTC));
		assertThat(message.applicationProperties()).isEmpty();
	}

	static Stream<Object> delays() {
		return Stream.of(90_000, 90_000L, "90000", "90s", Duration.ofSeconds(90), (short) 30_000 * 3.0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-5" })
	void noDelayIsNoSchedule(String delay) {
		assertThat(sent(this.mapper, Map.of("x-delay", delay)).scheduledEnqueueTime()).isNull();
	}

	@Test
	void timeWinsOverADelay() {
		OffsetDateTime time = OffsetDateTime.parse("2031-01-01T00:00:00Z");
		assertThat(sent(this.mapper, Map.of("x-delay", 5000, ServiceBusHeaders.SCHEDULED_ENQUEUE_TIME, time))
			.scheduledEnqueueTime()).isEqualTo(time);
	}

	@Test
	void delayThatIsNoneIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> sent(this.mapper, Map.of("x-delay", "soon")))
			.withMessageContaining("'x-delay'");
	}

	private static ServiceBusMessage sent(HeaderMapper mapper, Map<String, Object> headers) {
		ServiceBusMessage.Builder message = ServiceBusMessage.builder();
		mapper.toMessage(headers, message);
		return message.build();
	}

}
