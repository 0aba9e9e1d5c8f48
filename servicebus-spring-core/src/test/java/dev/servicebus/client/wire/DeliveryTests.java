package dev.servicebus.client.wire;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.message.MessageState;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Binary;
import org.apache.qpid.protonj2.test.driver.codec.primitives.DescribedType;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Symbol;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnknownDescribedType;
import org.apache.qpid.protonj2.test.driver.codec.primitives.UnsignedInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How messages of the service are read: sections 4.2 to 4.6, 6.5 and 6.6 of the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeliveryTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	@Test
	void deliveryTagIsTheLockTokenInAnotherOrderOfBytes() {
		assertThat(receive(Messages.minimal()).lockToken())
			.isEqualTo(UUID.fromString("33221100-5544-7766-8899-aabbccddee01"));
	}

	@Test
	void annotationsOfTheBrokerAreRead() {
		ServiceBusReceivedMessage message = receive(WireMessage.encode(Messages.header(3),
				Messages.annotations(Map.of("x-opt-enqueue-sequence-number", 7L, "x-opt-partition-key", "p1",
						"x-opt-deadletter-source", "invoices", "x-opt-message-state", 1, "x-opt-scheduled-enqueue-time",
						Date.from(Messages.ENQUEUED))),
				Messages.body("hello")));

		OffsetDateTime enqueued = Messages.ENQUEUED.atOffset(ZoneOffset.UTC);
		assertThat(message.deliveryCount()).isEqualTo(3);
		assertThat(message.sequenceNumber()).isEqualTo(42);
		assertThat(message.enqueuedSequenceNumber()).isEqualTo(7);
		assertThat(message.enqueuedTime()).isEqualTo(enqueued);
		assertThat(message.scheduledEnqueueTime()).isEqualTo(enqueued);
		assertThat(message.lockedUntil()).isEqualTo(ServiceScript.LOCKED_UNTIL.atOffset(ZoneOffset.UTC));
		assertThat(message.partitionKey()).isEqualTo("p1");
		assertThat(message.deadLetterSource()).isEqualTo("invoices");
		assertThat(message.state()).isEqualTo(MessageState.DEFERRED);
		assertThat(message.bodyAsString()).isEqualTo("hello");
	}

	@Test
	void propertiesAreRead() {
		Date expiry = Date.from(Messages.ENQUEUED.plusSeconds(60));
		ServiceBusReceivedMessage message = receive(WireMessage.encode(
				WireMessage.described(WireMessage.HEADER, Arrays.asList(true, null, UnsignedInteger.valueOf(60_000))),
				Messages.annotations(Map.of()),
				WireMessage.described(WireMessage.PROPERTIES,
						Arrays.asList("m1", null, "shop", "created", "answers", "c1", Symbol.valueOf("text/plain"),
								null, expiry, Date.from(Messages.ENQUEUED), "S1", null, "S2")),
				Messages.body("hello")));

		assertThat(message.messageId()).isEqualTo("m1");
		assertThat(message.to()).isEqualTo("shop");
		assertThat(message.subject()).isEqualTo("created");
		assertThat(message.replyTo()).isEqualTo("answers");
		assertThat(message.correlationId()).isEqualTo("c1");
		assertThat(message.contentType()).isEqualTo("text/plain");
		assertThat(message.sessionId()).isEqualTo("S1");
		assertThat(message.replyToSessionId()).isEqualTo("S2");
		assertThat(message.timeToLive()).isEqualTo(Duration.ofMinutes(1));
		assertThat(message.expiresAt()).isEqualTo(Messages.ENQUEUED.plusSeconds(60).atOffset(ZoneOffset.UTC));
		assertThat(message.deliveryCount()).isZero();
	}

	@Test
	void applicationPropertiesAreReadAndDescribedOnesAreWhatTheyStandFor() {
		Map<String, Object> properties = new HashMap<>();
		properties.put("DeadLetterReason", "bad");
		properties.put("DeadLetterErrorDescription", "no such customer");
		properties.put("n", 1L);
		properties.put("null", null);
		properties.put("timespan", symbolic("com.microsoft:timespan", 10_000_000L));
		properties.put("time", symbolic("com.microsoft:datetime-offset", 621_355_968_000_000_000L));
		ServiceBusReceivedMessage message = receive(
				WireMessage.encode(Messages.header(0), Messages.annotations(Map.of()),
						WireMessage.described(WireMessage.APPLICATION_PROPERTIES, properties), Messages.body("hello")));

		assertThat(message.deadLetterReason()).isEqualTo("bad");
		assertThat(message.deadLetterErrorDescription()).isEqualTo("no such customer");
		assertThat(message.applicationProperties()).containsEntry("n", 1L)
			.containsEntry("null", null)
			.containsEntry("timespan", Duration.ofSeconds(1))
			.containsEntry("time", OffsetDateTime.parse("1970-01-01T00:00:00Z"));
	}

	@Test
	void peekedMessageHasNoLock() {
		this.service.answers("peek-message", Messages.list(Map.of("message", new Binary(WireMessage
			.encode(Messages.header(0), Messages.annotations(Map.of("x-opt-message-state", 2)), Messages.body("1"))))));

		assertThat(this.service.client.receiver(ReceiverOptions.queue("orders")).peek(1, 0)).singleElement()
			.satisfies((message) -> {
				assertThat(message.lockToken()).isNull();
				assertThat(message.state()).isEqualTo(MessageState.SCHEDULED);
				assertThat(message.bodyAsString()).isEqualTo("1");
			});
	}

	@Test
	void lockTokenOfADeferredMessageMayStandInItsDeliveryAnnotations() {
		byte[] encoded = WireMessage.encode(Messages.header(1),
				WireMessage.described(WireMessage.DELIVERY_ANNOTATIONS,
						Map.of(Symbol.valueOf("x-opt-lock-token"), ServiceScript.lockToken(9))),
				Messages.annotations(Map.of()), Messages.body("1"));
		this.service.answers("receive-by-sequence-number", Messages.list(Map.of("message", new Binary(encoded))));

		assertThat(this.service.client.receiver(ReceiverOptions.queue("orders")).receiveDeferred(List.of(42L)))
			.singleElement()
			.satisfies((message) -> assertThat(message.lockToken()).isEqualTo(ServiceScript.lockToken(9)));
	}

	private ServiceBusReceivedMessage receive(byte[] message) {
		this.service.script.holds("orders", message);
		return this.service.client.receiver(ReceiverOptions.queue("orders")).receive(1).get(0);
	}

	private static DescribedType symbolic(String descriptor, long value) {
		return new UnknownDescribedType(Symbol.valueOf(descriptor), value);
	}

}
