package dev.servicebus.converter;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class ServiceBusMessageConverterTests {

	private static final Instant TIME = Instant.parse("2030-01-02T03:04:05Z");

	private final ServiceBusMessageConverter converter = ServiceBusMessageConverter
		.of(JsonPayloads.converter(JsonMapper.builder().build()));

	@Test
	void objectBecomesJson() {
		ServiceBusMessage message = this.converter.toServiceBusMessage(new Order("a", 2), Map.of());
		assertThat(message.bodyAsString()).isEqualTo("{\"id\":\"a\",\"count\":2}");
		assertThat(message.contentType()).isEqualTo("application/json");
		assertThat(message.messageId()).isNull();
		assertThat(message.applicationProperties()).isEmpty();
	}

	@Test
	void textAndBytesStayWhatTheyAre() {
		ServiceBusMessage text = this.converter.toServiceBusMessage("grüß Gott", Map.of());
		assertThat(text.bodyAsString()).isEqualTo("grüß Gott");
		assertThat(text.contentType()).isEqualTo("text/plain;charset=utf-8");
		ServiceBusMessage bytes = this.converter.toServiceBusMessage(new byte[] { 1, 2 }, Map.of());
		assertThat(bytes.bodyAsBytes()).containsExactly(1, 2);
		assertThat(bytes.contentType()).isEqualTo("application/octet-stream");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "application/json", "text/plain", "application/octet-stream", "not a type" })
	void jsonIsReadWhateverTheContentTypeSays(String contentType) {
		ServiceBusReceivedMessage message = received("{\"id\":\"a\",\"count\":2,\"unknown\":true}", contentType);
		assertThat(this.converter.fromServiceBusMessage(message, Order.class)).isEqualTo(new Order("a", 2));
		assertThat(this.converter.fromServiceBusMessage(message, String.class)).startsWith("{\"id\"");
		assertThat(this.converter.fromServiceBusMessage(message, byte[].class)).startsWith('{', '"');
		assertThat(this.converter.fromServiceBusMessage(message, ServiceBusReceivedMessage.class)).isSameAs(message);
	}

	@Test
	void undecodableBodyIsAConversionFailure() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.fromServiceBusMessage(received("{", "application/json"), Order.class));
	}

	@Test
	void payloadWithoutConverterIsNamed() {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> ServiceBusMessageConverter.simple().toServiceBusMessage(new Order("a", 1), Map.of()))
			.withMessageContaining(Order.class.getName());
	}

	@Test
	void headersBecomeProperties() {
		Map<String, Object> headers = new HashMap<>();
		headers.put(MessageHeaders.CONTENT_TYPE, "application/vnd.order+json");
		headers.put(ServiceBusHeaders.MESSAGE_ID, UUID.fromString("00000000-0000-0000-0000-000000000001"));
		headers.put(ServiceBusHeaders.SESSION_ID, "s");
		headers.put(ServiceBusHeaders.PARTITION_KEY, "s");
		headers.put(ServiceBusHeaders.CORRELATION_ID, 42);
		headers.put(ServiceBusHeaders.SUBJECT, "created");
		headers.put(ServiceBusHeaders.TO, "to");
		headers.put(ServiceBusHeaders.REPLY_TO, "answers");
		headers.put(ServiceBusHeaders.REPLY_TO_SESSION_ID, "r");
		headers.put(ServiceBusHeaders.TIME_TO_LIVE, "90s");
		headers.put(ServiceBusHeaders.SCHEDULED_ENQUEUE_TIME, TIME);
		headers.put("region", "eu");
		headers.put("weight", 3.5);
		ServiceBusMessage message = this.converter.toServiceBusMessage(new Order("a", 1), headers);
		assertThat(message.contentType()).isEqualTo("application/vnd.order+json");
		assertThat(message.messageId()).isEqualTo("00000000-0000-0000-0000-000000000001");
		assertThat(message.sessionId()).isEqualTo("s");
		assertThat(message.partitionKey()).isEqualTo("s");
		assertThat(message.correlationId()).isEqualTo("42");
		assertThat(message.subject()).isEqualTo("created");
		assertThat(message.to()).isEqualTo("to");
		assertThat(message.replyTo()).isEqualTo("answers");
		assertThat(message.replyToSessionId()).isEqualTo("r");
		assertThat(message.timeToLive()).isEqualTo(Duration.ofSeconds(90));
		assertThat(message.scheduledEnqueueTime()).isEqualTo(TIME.atOffset(ZoneOffset.UTC));
		assertThat(message.applicationProperties()).isEqualTo(Map.of("region", "eu", "weight", 3.5));
	}

	@Test
	void springMessageContributesItsHeadersButNotItsRandomId() {
		Message<Order> message = MessageBuilder.withPayload(new Order("a", 1))
			.setHeader(ServiceBusHeaders.SUBJECT, "created")
			.setHeader("region", "eu")
			.setHeader(ServiceBusHeaders.SEQUENCE_NUMBER, 7L)
			.build();
		ServiceBusMessage converted = this.converter.toServiceBusMessage(message, Map.of("region", "us"));
		assertThat(converted.bodyAsString()).contains("\"a\"");
		assertThat(converted.contentType()).isEqualTo("application/json");
		assertThat(converted.subject()).isEqualTo("created");
		assertThat(converted.messageId()).isNull();
		assertThat(converted.applicationProperties()).isEqualTo(Map.of("region", "us"));
	}

	@Test
	void readyMessageIsKept() {
		ServiceBusMessage message = ServiceBusMessage.builder().body("x").subject("created").build();
		ServiceBusMessage converted = this.converter.toServiceBusMessage(message, Map.of("region", "eu"));
		assertThat(converted.bodyAsString()).isEqualTo("x");
		assertThat(converted.contentType()).isNull();
		assertThat(converted.subject()).isEqualTo("created");
		assertThat(converted.applicationProperties()).containsEntry("region", "eu");
	}

	@ParameterizedTest
	@MethodSource("times")
	void timesAreConvertedNotCast(Object value) {
		ServiceBusMessage message = this.converter.toServiceBusMessage("x",
				Map.of(ServiceBusHeaders.SCHEDULED_ENQUEUE_TIME, value));
		assertThat(message.scheduledEnqueueTime()).isEqualTo(TIME.atOffset(ZoneOffset.UTC));
	}

	static Stream<Object> times() {
		return Stream.of(TIME, TIME.atOffset(ZoneOffset.ofHours(2)), TIME.atZone(ZoneOffset.UTC), Date.from(TIME),
				TIME.toEpochMilli(), TIME.toString());
	}

	@ParameterizedTest
	@MethodSource("durations")
	void durationsAreConvertedNotCast(Object value) {
		ServiceBusMessage message = this.converter.toServiceBusMessage("x",
				Map.of(ServiceBusHeaders.TIME_TO_LIVE, value));
		assertThat(message.timeToLive()).isEqualTo(Duration.ofSeconds(5));
	}

	static Stream<Object> durations() {
		return Stream.of(Duration.ofSeconds(5), 5000, 5000L, "5s", "PT5S");
	}

	@ParameterizedTest
	@MethodSource("unfit")
	void valueThatDoesNotFitIsNamed(String header, Object value) {
		assertThatExceptionOfType(MessageConversionException.class)
			.isThrownBy(() -> this.converter.toServiceBusMessage("x", Map.of(header, value)))
			.withMessageContaining("'" + header + "'");
	}

	static Stream<Arguments> unfit() {
		return Stream.of(Arguments.of(ServiceBusHeaders.TIME_TO_LIVE, "soon"),
				Arguments.of(ServiceBusHeaders.TIME_TO_LIVE, List.of()),
				Arguments.of(ServiceBusHeaders.SCHEDULED_ENQUEUE_TIME, "tomorrow"),
				Arguments.of(ServiceBusHeaders.SCHEDULED_ENQUEUE_TIME, Boolean.TRUE));
	}

	@Test
	void receivedMessageShowsItsPropertiesAsHeaders() {
		ServiceBusMessage content = ServiceBusMessage.builder()
			.body("x")
			.contentType("text/plain")
			.messageId("m")
			.subject("created")
			.applicationProperty("region", "eu")
			.applicationProperty(ServiceBusHeaders.SEQUENCE_NUMBER, "forged")
			.applicationProperty(MessageHeaders.ID, "forged")
			.build();
		UUID lockToken = UUID.randomUUID();
		MessageHeaders headers = this.converter.toMessage(ServiceBusReceivedMessage.of(content, lockToken))
			.getHeaders();
		assertThat(headers).containsEntry(MessageHeaders.CONTENT_TYPE, "text/plain")
			.containsEntry(ServiceBusHeaders.MESSAGE_ID, "m")
			.containsEntry(ServiceBusHeaders.SUBJECT, "created")
			.containsEntry(ServiceBusHeaders.LOCK_TOKEN, lockToken)
			.containsEntry(ServiceBusHeaders.SEQUENCE_NUMBER, 0L)
			.containsEntry(ServiceBusHeaders.DELIVERY_COUNT, 0L)
			.containsEntry("region", "eu")
			.doesNotContainKey(MessageHeaders.ID)
			.doesNotContainKey(ServiceBusHeaders.SESSION_ID);
		assertThat(headers.get("region", String.class)).isEqualTo("eu");
		assertThat(headers.size()).isEqualTo(headers.keySet().size()).isEqualTo(headers.entrySet().size());
		assertThat(headers.getId()).isNull();
		assertThat(MessageBuilder.withPayload("y").copyHeaders(headers).build().getHeaders()).containsEntry("region",
				"eu");
		assertThatIllegalArgumentException().isThrownBy(() -> headers.get("region", Integer.class))
			.withMessageContaining("region");
	}

	@Test
	void propertiesKeepTheirTypes() {
		OffsetDateTime time = TIME.atOffset(ZoneOffset.UTC);
		Map<String, Object> properties = Map.of("long", 1L, "flag", true, "time", time);
		ServiceBusMessage sent = this.converter.toServiceBusMessage("x", properties);
		Message<byte[]> received = this.converter.toMessage(ServiceBusReceivedMessage.of(sent, null));
		assertThat(received.getHeaders()).containsAllEntriesOf(properties);
	}

	private static ServiceBusReceivedMessage received(String body, String contentType) {
		return ServiceBusReceivedMessage.of(ServiceBusMessage.builder().body(body).contentType(contentType).build(),
				null);
	}

	record Order(String id, int count) {

	}

}
