package dev.servicebus.client.wire;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.apache.qpid.protonj2.test.driver.codec.primitives.Binary;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deferred messages, which are received and settled by requests: sections 6.6 and 6.11 of
 * the protocol.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeferredMessageFrameTests {

	@AutoClose
	private final ScriptedService service = ScriptedService.start();

	private final ServiceBusReceiver receiver = this.service.client.receiver(ReceiverOptions.queue("orders"));

	@Test
	void deferredMessagesAreReceivedWithTheirLocks() {
		ServiceBusReceivedMessage message = receiveDeferred();

		assertThat(message.lockToken()).isEqualTo(ServiceScript.lockToken(9));
		assertThat(message.bodyAsString()).isEqualTo("hello");
		this.service.assertRequest("orders", "receive-by-sequence-number", """
				map
				  "receiver-settle-mode": uint 1
				  "sequence-numbers": array
				    -: long 42
				""");
	}

	@Test
	void deferredMessagesThatAreDeletedHaveNoLock() {
		deferred(UUID.fromString("00000000-0000-0000-0000-000000000000"));
		ServiceBusReceiver deleting = this.service.client
			.receiver(ReceiverOptions.queue("orders").withReceiveMode(ReceiveMode.RECEIVE_AND_DELETE));

		assertThat(deleting.receiveDeferred(List.of(42L))).singleElement()
			.satisfies((message) -> assertThat(message.lockToken()).isNull());
		this.service.assertRequest("orders", "receive-by-sequence-number", """
				map
				  "receiver-settle-mode": uint 0
				  "sequence-numbers": array
				    -: long 42
				""");
	}

	@Test
	void deferredMessageIsCompleted() {
		this.receiver.complete(receiveDeferred());

		assertUpdate("""
				  "disposition-status": "completed"
				  "lock-tokens": array
				    -: uuid 33221100-5544-7766-8899-aabbccddee09
				""");
	}

	@Test
	void deferredMessageIsAbandoned() {
		this.receiver.abandon(receiveDeferred(), Map.of("attempt", 2));

		assertUpdate("""
				  "disposition-status": "abandoned"
				  "lock-tokens": array
				    -: uuid 33221100-5544-7766-8899-aabbccddee09
				  "properties-to-modify": map
				    "attempt": int 2
				""");
	}

	@Test
	void deferredMessageIsDeferredAgainInTheSpellingOfTheService() {
		this.receiver.defer(receiveDeferred());

		assertUpdate("""
				  "disposition-status": "defered"
				  "lock-tokens": array
				    -: uuid 33221100-5544-7766-8899-aabbccddee09
				""");
	}

	@Test
	void deferredMessageIsDeadLettered() {
		this.receiver.settle(receiveDeferred(),
				new Disposition.DeadLetter("bad", "no such customer", Map.of("attempt", 2)));

		assertUpdate("""
				  "deadletter-description": "no such customer"
				  "deadletter-reason": "bad"
				  "disposition-status": "suspended"
				  "lock-tokens": array
				    -: uuid 33221100-5544-7766-8899-aabbccddee09
				  "properties-to-modify": map
				    "attempt": int 2
				""");
	}

	@Test
	void deferredMessageIsReleased() {
		this.receiver.settle(receiveDeferred(), new Disposition.Release());

		assertUpdate("""
				  "disposition-status": "released"
				  "lock-tokens": array
				    -: uuid 33221100-5544-7766-8899-aabbccddee09
				""");
	}

	private ServiceBusReceivedMessage receiveDeferred() {
		deferred(ServiceScript.lockToken(9));
		return this.receiver.receiveDeferred(List.of(42L)).get(0);
	}

	private void deferred(UUID lockToken) {
		this.service.answers("receive-by-sequence-number",
				Messages.list(Map.of("message", new Binary(Messages.minimal()), "lock-token", lockToken)));
	}

	private void assertUpdate(String entries) {
		this.service.assertRequest("orders", "update-disposition", "map\n" + entries);
	}

}
