package dev.servicebus.client.wire;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests to the management node of a queue: sections 6.1 to 6.3, 6.5, 6.7 and 6.8 of
 * the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ManagementFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	private final ServiceBusReceiver receiver = this.service.client.receiver(ReceiverOptions.queue("orders"));

	private final ServiceBusSender sender = this.service.client.sender("orders");

	@Test
	void requestNamesItselfAndWhereItsResponseGoes() {
		this.receiver.peek(3, 42);

		assertThat(this.service.transfer("orders/$management")).isEqualTo("""
				transfer
				  handle: uint 0
				  delivery-id: uint 0
				  delivery-tag: binary 0000000000000001
				  message-format: uint 0
				properties
				  message-id: ulong 1
				  reply-to: "orders-CLIENT-reply1"
				application-properties: map
				  "com.microsoft:server-timeout": uint 59000
				  "operation": "com.microsoft:peek-message"
				amqp-value: map
				  "from-sequence-number": long 42
				  "message-count": int 3
				""");
	}

	@Test
	void renewLockNamesLocksAsAnArrayOfUuids() {
		this.service.answers("renew-lock",
				Map.of("expirations", new Date[] { Date.from(Instant.parse("2099-02-02T02:02:02Z")) }));
		this.service.script.holds("orders", Messages.minimal());
		ServiceBusReceivedMessage message = this.receiver.receive(1).get(0);

		assertThat(this.receiver.renewLock(message)).isEqualTo(OffsetDateTime.parse("2099-02-02T02:02:02Z"));
		this.service.assertRequest("orders", "renew-lock", """
				map
				  "lock-tokens": array
				    -: uuid 33221100-5544-7766-8899-aabbccddee01
				""");
	}

	@Test
	void scheduleSendsEncodedMessagesWithTheirTimeAndTheirKeys() {
		this.service.answers("schedule-message", Map.of("sequence-numbers", new Long[] { 7L, 3_000_000_000L }));

		assertThat(this.sender.schedule(List.of(
				ServiceBusMessage.builder().body("1").messageId("m1").sessionId("S1").partitionKey("S1").build(),
				ServiceBusMessage.of("2")), OffsetDateTime.parse("2099-01-01T00:00:00Z")))
			.containsExactly(7L, 3_000_000_000L);
		this.service.assertRequest("orders", "schedule-message", """
				map
				  "messages": list
				    -: map
				      "message": message
				        message-annotations: map
				          x-opt-partition-key: "S1"
				          x-opt-scheduled-enqueue-time: timestamp 2099-01-01T00:00:00Z
				        properties
				          message-id: "m1"
				          group-id: "S1"
				        data: binary "1"
				      "message-id": "m1"
				      "partition-key": "S1"
				      "session-id": "S1"
				    -: map
				      "message": message
				        message-annotations: map
				          x-opt-scheduled-enqueue-time: timestamp 2099-01-01T00:00:00Z
				        properties
				          message-id: "CLIENT-0"
				        data: binary "2"
				      "message-id": "CLIENT-0"
				""");
	}

	@Test
	void deletionNamesANumberAndATime() {
		this.service.answers("batch-delete-messages", Map.of("message-count", 2));

		assertThat(this.receiver.deleteMessages(3, OffsetDateTime.parse("2099-01-01T02:00:00+02:00"))).isEqualTo(2);
		this.service.assertRequest("orders", "batch-delete-messages", """
				map
				  "enqueued-time-utc": timestamp 2099-01-01T00:00:00Z
				  "message-count": int 3
				""");
	}

	@Test
	void cancelNamesMessagesAsAnArrayOfLongs() {
		this.sender.cancelScheduled(List.of(7L, 3_000_000_000L));

		this.service.assertRequest("orders", "cancel-scheduled-message", """
				map
				  "sequence-numbers": array
				    -: long 7
				    -: long 3000000000
				""");
	}

}
