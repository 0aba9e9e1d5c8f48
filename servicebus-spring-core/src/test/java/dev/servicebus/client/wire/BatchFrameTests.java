package dev.servicebus.client.wire;

import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ServiceBusMessageBatch;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.message.ServiceBusMessage;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several messages in one transfer: section 4.7 of the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	private final ServiceBusSender sender = this.service.client.sender("orders");

	@Test
	void batchIsOneTransferInItsOwnFormatWithAnEnvelopeOfTheFirstMessage() {
		ServiceBusMessageBatch batch = this.sender.createMessageBatch();
		batch.add(ServiceBusMessage.builder().body("1").messageId("m1").sessionId("S1").partitionKey("S1").build());
		batch.add(ServiceBusMessage.builder().body("2").messageId("m2").sessionId("S1").build());
		this.sender.send(batch);

		// 0x80013700
		assertThat(this.service.transfer("orders")).isEqualTo("""
				transfer
				  handle: uint 0
				  delivery-id: uint 0
				  delivery-tag: binary 00000000
				  message-format: uint 2147563264
				message-annotations: map
				  x-opt-partition-key: "S1"
				properties
				  message-id: "m1"
				  group-id: "S1"
				data: message
				  message-annotations: map
				    x-opt-partition-key: "S1"
				  properties
				    message-id: "m1"
				    group-id: "S1"
				  data: binary "1"
				data: message
				  properties
				    message-id: "m2"
				    group-id: "S1"
				  data: binary "2"
				""");
	}

	@Test
	void listIsSentAsABatch() {
		this.sender.send(List.of(ServiceBusMessage.of("1"), ServiceBusMessage.of("2")));

		assertThat(this.service.transfer("orders")).contains("message-format: uint 2147563264\n", "binary \"1\"",
				"binary \"2\"");
	}

}
