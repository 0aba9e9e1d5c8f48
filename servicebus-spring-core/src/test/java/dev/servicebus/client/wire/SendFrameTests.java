package dev.servicebus.client.wire;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.message.ServiceBusMessage;
import org.apache.qpid.protonj2.test.driver.codec.messaging.Rejected;
import org.apache.qpid.protonj2.test.driver.codec.transport.ErrorCondition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is sent to an entity: sections 4.1 to 4.6 and 5.1 of the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SendFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	private final ServiceBusSender sender = this.service.client.sender("orders");

	@Test
	void messageIsOneUnsettledTransferWithADataSection() {
		this.sender.send(ServiceBusMessage.of("hello"));

		assertThat(this.service.transfer("orders")).isEqualTo("""
				transfer
				  handle: uint 0
				  delivery-id: uint 0
				  delivery-tag: binary 00000000
				  message-format: uint 0
				properties
				  message-id: "CLIENT-0"
				data: binary "hello"
				""");
	}

	@Test
	void propertiesStandInTheSectionsThatTheServiceReads() {
		this.sender.send(ServiceBusMessage.builder()
			.body("hello")
			.messageId("m1")
			.sessionId("S1")
			.partitionKey("S1")
			.subject("created")
			.to("shop")
			.replyTo("answers")
			.replyToSessionId("S2")
			.correlationId("c1")
			.contentType("text/plain")
			.build());

		assertThat(sections()).isEqualTo("""
				message-annotations: map
				  x-opt-partition-key: "S1"
				properties
				  message-id: "m1"
				  to: "shop"
				  subject: "created"
				  reply-to: "answers"
				  correlation-id: "c1"
				  content-type: text/plain
				  group-id: "S1"
				  reply-to-group-id: "S2"
				data: binary "hello"
				""");
	}

	@Test
	void timeToLiveIsInTheHeaderAndAsTheTimesItMeans() {
		this.sender
			.send(ServiceBusMessage.builder().body("hello").messageId("m1").timeToLive(Duration.ofHours(1)).build());

		String sections = sections();
		assertThat(sections.replaceAll("timestamp .*", "timestamp T")).isEqualTo("""
				header
				  ttl: uint 3600000
				properties
				  message-id: "m1"
				  absolute-expiry-time: timestamp T
				  creation-time: timestamp T
				data: binary "hello"
				""");
		assertThat(Duration.between(time(sections, "creation-time"), time(sections, "absolute-expiry-time")))
			.isEqualTo(Duration.ofHours(1));
	}

	@Test
	void messageWithATimeIsScheduledByItsAnnotation() {
		this.sender.send(ServiceBusMessage.builder()
			.body("hello")
			.messageId("m1")
			.scheduledEnqueueTime(OffsetDateTime.parse("2099-01-01T01:00:00+01:00"))
			.build());

		assertThat(sections()).isEqualTo("""
				message-annotations: map
				  x-opt-scheduled-enqueue-time: timestamp 2099-01-01T00:00:00Z
				properties
				  message-id: "m1"
				data: binary "hello"
				""");
	}

	@Test
	void applicationPropertiesKeepTheirTypes() {
		this.sender.send(ServiceBusMessage.builder()
			.body("hello")
			.messageId("m1")
			.applicationProperty("boolean", false)
			.applicationProperty("int", 1)
			.applicationProperty("long", 2L)
			.applicationProperty("short", (short) 3)
			.applicationProperty("double", 0.5)
			.applicationProperty("null", null)
			.applicationProperty("string", "text")
			.applicationProperty("timestamp", Instant.parse("2026-01-02T03:04:05.678Z"))
			.applicationProperty("uuid", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"))
			.applicationProperty("timespan", Duration.ofSeconds(1))
			.applicationProperty("time", OffsetDateTime.parse("1970-01-01T01:00:00+01:00"))
			.applicationProperty("uri", URI.create("https://example.com/"))
			.build());

		assertThat(sections()).contains("""
				application-properties: map
				  "boolean": false
				  "double": double 0.5
				  "int": int 1
				  "long": long 2
				  "null": null
				  "short": short 3
				  "string": "text"
				  "time": described com.microsoft:datetime-offset long 621355968000000000
				  "timespan": described com.microsoft:timespan long 10000000
				  "timestamp": timestamp 2026-01-02T03:04:05.678Z
				  "uri": described com.microsoft:uri "https://example.com/"
				  "uuid": uuid 00112233-4455-6677-8899-aabbccddeeff
				""");
	}

	@Test
	void bodyMayBeAValueOrASequence() {
		this.sender.send(ServiceBusMessage.builder().messageId("m1").value(7).build());
		this.sender.send(ServiceBusMessage.builder().messageId("m2").sequence(List.of("a", 1L)).build());

		assertThat(this.service.transfers("orders")).satisfiesExactly(
				(value) -> assertThat(value).endsWith("amqp-value: int 7\n"),
				(sequence) -> assertThat(sequence).endsWith("""
						amqp-sequence: list
						  -: "a"
						  -: long 1
						"""));
	}

	@Test
	void rejectionBecomesTheErrorThatItsConditionNames() {
		this.service.script.sendsEndIn(
				new Rejected().setError(new ErrorCondition("amqp:link:message-size-exceeded", "too large")), "orders");

		assertThatExceptionOfType(MessageSizeExceededException.class)
			.isThrownBy(() -> this.sender.send(ServiceBusMessage.of("hello")))
			.withMessageContaining("too large");
	}

	private String sections() {
		String transfer = this.service.transfer("orders");
		return transfer.substring(transfer.indexOf("message-format: uint 0\n") + "message-format: uint 0\n".length());
	}

	private static Instant time(String sections, String field) {
		return Instant.parse(sections.replaceAll("(?s).*" + field + ": timestamp (\\S+).*", "$1"));
	}

}
