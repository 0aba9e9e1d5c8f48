package dev.servicebus.client.wire;

import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.SubQueue;
import dev.servicebus.message.ServiceBusMessage;
import org.apache.qpid.protonj2.test.driver.codec.transport.Attach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How links are attached: sections 3.1, 3.2, 6.1 and 7.1 of the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AttachFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	@Test
	void senderOfAQueue() {
		this.service.client.sender("orders").send(ServiceBusMessage.of("hello"));

		assertThat(this.service.attach("orders")).isEqualTo("""
				attach
				  name: "orders-CLIENT-sender0"
				  handle: uint 0
				  role: sender
				  snd-settle-mode: ubyte 0
				  rcv-settle-mode: ubyte 0
				  source: source
				    address: "CLIENT"
				  target: target
				    address: "orders"
				  initial-delivery-count: uint 0
				  properties: map
				    com.microsoft:timeout: uint 59000
				""");
	}

	@Test
	void peekLockReceiverOfAQueue() {
		open(ReceiverOptions.queue("orders"));

		assertThat(this.service.attach("orders")).isEqualTo("""
				attach
				  name: "orders-CLIENT-receiver0"
				  handle: uint 0
				  role: receiver
				  snd-settle-mode: ubyte 0
				  rcv-settle-mode: ubyte 1
				  source: source
				    address: "orders"
				  target: target
				    address: "CLIENT"
				  properties: map
				    com.microsoft:receiver-name: "CLIENT"
				    com.microsoft:timeout: uint 59000
				""");
	}

	@Test
	void receiveAndDeleteReceiverIsSentSettledMessages() {
		open(ReceiverOptions.queue("orders").withReceiveMode(ReceiveMode.RECEIVE_AND_DELETE));

		assertThat(this.service.attach("orders")).contains("""
				  snd-settle-mode: ubyte 1
				  rcv-settle-mode: ubyte 0
				  source: source
				    address: "orders"
				""");
	}

	@Test
	void receiverOfASubscription() {
		open(ReceiverOptions.subscription("events", "audit"));

		assertThat(this.service.attach("events/Subscriptions/audit")).isEqualTo("""
				attach
				  name: "events/Subscriptions/audit-CLIENT-receiver0"
				  handle: uint 0
				  role: receiver
				  snd-settle-mode: ubyte 0
				  rcv-settle-mode: ubyte 1
				  source: source
				    address: "events/Subscriptions/audit"
				  target: target
				    address: "CLIENT"
				  properties: map
				    com.microsoft:receiver-name: "CLIENT"
				    com.microsoft:timeout: uint 59000
				""");
	}

	@ParameterizedTest
	@CsvSource({ "DEAD_LETTER, orders/$DeadLetterQueue", "TRANSFER_DEAD_LETTER, orders/$Transfer/$DeadLetterQueue" })
	void receiverOfASubQueueOfAQueue(SubQueue subQueue, String address) {
		open(ReceiverOptions.queue("orders").withSubQueue(subQueue));

		assertPeekLock(address);
	}

	@Test
	void receiverOfTheDeadLettersOfASubscription() {
		open(ReceiverOptions.subscription("events", "audit").withSubQueue(SubQueue.DEAD_LETTER));

		assertPeekLock("events/Subscriptions/audit/$DeadLetterQueue");
	}

	@Test
	void managementNodeIsAttachedAsAPairOfLinks() {
		this.service.client.receiver(ReceiverOptions.queue("orders")).peek(1, 0);

		assertThat(this.service.all(Attach.class, "orders/$management")).containsExactly("""
				attach
				  name: "orders-CLIENT-management0:sender"
				  handle: uint 0
				  role: sender
				  snd-settle-mode: ubyte 0
				  rcv-settle-mode: ubyte 0
				  source: source
				    address: "orders-CLIENT-reply1"
				  target: target
				    address: "orders/$management"
				  initial-delivery-count: uint 0
				  properties: map
				    com.microsoft:timeout: uint 59000
				""", """
				attach
				  name: "orders-CLIENT-management0:receiver"
				  handle: uint 1
				  role: receiver
				  snd-settle-mode: ubyte 1
				  rcv-settle-mode: ubyte 0
				  source: source
				    address: "orders/$management"
				  target: target
				    address: "orders-CLIENT-reply1"
				  properties: map
				    com.microsoft:timeout: uint 59000
				""");
	}

	@Test
	void coordinatorIsATargetWithoutAnAddress() {
		this.service.client.beginTransaction();

		assertThat(this.service.attach(PeerLink.COORDINATOR)).isEqualTo("""
				attach
				  name: "transactions-CLIENT-coordinator0"
				  handle: uint 0
				  role: sender
				  snd-settle-mode: ubyte 0
				  rcv-settle-mode: ubyte 0
				  source: source
				    address: "CLIENT"
				  target: coordinator
				    capabilities: array
				      -: amqp:local-transactions
				  initial-delivery-count: uint 0
				""");
	}

	private void assertPeekLock(String address) {
		assertThat(this.service.attach(address)).contains("""
				  role: receiver
				  snd-settle-mode: ubyte 0
				  rcv-settle-mode: ubyte 1
				  source: source
				    address: "%s"
				""".formatted(address));
	}

	private void open(ReceiverOptions options) {
		this.service.client.open(options, (message) -> {
		}).demand(1);
	}

}
