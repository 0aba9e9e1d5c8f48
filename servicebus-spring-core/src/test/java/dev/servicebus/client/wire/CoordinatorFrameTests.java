package dev.servicebus.client.wire;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.TransactionException;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.apache.qpid.protonj2.test.driver.codec.messaging.Rejected;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Binary;
import org.apache.qpid.protonj2.test.driver.codec.transport.ErrorCondition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Transactions and the work in them: sections 7.1 and 7.2 of the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CoordinatorFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	private final ServiceBusReceiver receiver = this.service.client.receiver(ReceiverOptions.queue("orders"));

	@BeforeEach
	void fill() {
		this.service.script.holds("orders", Messages.minimal());
	}

	@Test
	void declareIsAnUnsettledTransferWithoutAnId() {
		this.service.client.beginTransaction();

		assertThat(this.service.transfer(PeerLink.COORDINATOR)).isEqualTo("""
				transfer
				  handle: uint 0
				  delivery-id: uint 0
				  delivery-tag: binary 00000000
				  message-format: uint 0
				amqp-value: declare
				""");
	}

	@Test
	void commitIsADischargeThatDoesNotFail() {
		this.service.client.beginTransaction().commit();

		assertThat(this.service.transfers(PeerLink.COORDINATOR).get(1)).isEqualTo("""
				transfer
				  handle: uint 0
				  delivery-id: uint 1
				  delivery-tag: binary 00000001
				  message-format: uint 0
				amqp-value: discharge
				  txn-id: binary 0102
				""");
	}

	@Test
	void rollBackIsADischargeThatFails() {
		this.service.client.beginTransaction().rollBack();

		assertThat(this.service.transfers(PeerLink.COORDINATOR).get(1)).endsWith("""
				amqp-value: discharge
				  txn-id: binary 0102
				  fail: true
				""");
	}

	@Test
	void sendCarriesTheTransactionAndNoOutcome() {
		ServiceBusTransaction transaction = this.service.client.beginTransaction();
		this.service.client.sender("invoices")
			.inTransaction(transaction)
			.send(ServiceBusMessage.builder().messageId("m1").body("hello").build());

		assertThat(this.service.transfer("invoices")).isEqualTo("""
				transfer
				  handle: uint 0
				  delivery-id: uint 0
				  delivery-tag: binary 00000000
				  message-format: uint 0
				  state: transactional-state
				    txn-id: binary 0102
				properties
				  message-id: "m1"
				data: binary "hello"
				""");
	}

	@Test
	void settlementCarriesTheTransactionAroundItsOutcome() {
		ServiceBusTransaction transaction = this.service.client.beginTransaction();
		ServiceBusReceivedMessage message = this.receiver.receive(1).get(0);
		this.receiver.settle(message, new Disposition.DeadLetter("bad", null, Map.of()), transaction);

		assertThat(this.service.disposition()).isEqualTo("""
				disposition
				  role: receiver
				  first: uint 0
				  last: uint 0
				  state: transactional-state
				    txn-id: binary 0102
				    outcome: rejected
				      error: error-condition
				        condition: com.microsoft:dead-letter
				        info: map
				          DeadLetterReason: "bad"
				""");
	}

	@Test
	void scheduledMessageIsPartOfTheTransactionByTheTransferOfItsRequest() {
		this.service.answers("schedule-message", Map.of("sequence-numbers", new Long[] { 7L }));
		this.service.client.sender("orders")
			.inTransaction(this.service.client.beginTransaction())
			.schedule(ServiceBusMessage.of("later"), OffsetDateTime.parse("2099-01-01T00:00:00Z"));

		assertThat(this.service.transfer("orders/$management")).startsWith(transactionalRequest(1));
	}

	@Test
	void deferredMessageIsSettledInTheTransactionByTheTransferOfItsRequest() {
		this.service.answers("receive-by-sequence-number", Messages
			.list(Map.of("message", new Binary(Messages.minimal()), "lock-token", ServiceScript.lockToken(9))));
		ServiceBusReceivedMessage message = this.receiver.receiveDeferred(List.of(42L)).get(0);
		this.receiver.settle(message, new Disposition.Complete(), this.service.client.beginTransaction());

		assertThat(this.service.transfers("orders/$management").get(1)).startsWith(transactionalRequest(2))
			.contains("\"com.microsoft:update-disposition\"");
	}

	@Test
	void dischargeThatIsRejectedIsAFailureOfTheTransaction() {
		ServiceBusTransaction transaction = this.service.client.beginTransaction();
		this.service.script.sendsEndIn(
				new Rejected().setError(new ErrorCondition("amqp:transaction:timeout", "too late")),
				PeerLink.COORDINATOR);

		assertThatExceptionOfType(TransactionException.class).isThrownBy(transaction::commit)
			.withMessageContaining("too late");
	}

	private static String transactionalRequest(int id) {
		return """
				transfer
				  handle: uint 0
				  delivery-id: uint %d
				  delivery-tag: binary 000000000000000%d
				  message-format: uint 0
				  state: transactional-state
				    txn-id: binary 0102
				properties
				  message-id: ulong %d
				""".formatted(id - 1, id, id);
	}

}
