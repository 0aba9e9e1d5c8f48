package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.entity.EntityOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The operation {@code com.microsoft:batch-delete-messages}.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MessageDeletionTests {

	private final TestBench bench = new TestBench(
			(builder) -> builder.queue("plain").queue("orders", EntityOptions.builder().requiresSession(true).build()));

	private final TestClient client = this.bench.connect();

	private final TestNode node = this.client.attachNode("plain/$management");

	private final QueueView queue = this.bench.emulator.queue("plain");

	@Test
	void oldestMessagesAreDeletedAndCounted() {
		this.client.send("plain", "1", "2", "3");
		EncodedMessage response = delete(2, later());
		assertThat(TestNode.status(response)).isEqualTo(200);
		assertThat(TestNode.body(response).get("message-count")).isEqualTo(2);
		assertThat(this.queue.messages()).extracting(StoredMessage::messageId).containsExactly("3");
		assertThat(TestNode.body(delete(2, later())).get("message-count")).isEqualTo(1);
		assertThat(TestNode.status(delete(2, later()))).isEqualTo(204);
	}

	@Test
	void onlyMessagesFromBeforeTheGivenTimeAreDeleted() {
		this.client.send("plain", "old");
		this.bench.emulator.clock().advance(Duration.ofSeconds(10));
		Instant between = this.bench.emulator.clock().instant();
		this.client.send("plain", "new");
		assertThat(TestNode.body(delete(10, between)).get("message-count")).isEqualTo(1);
		assertThat(this.queue.messages()).extracting(StoredMessage::messageId).containsExactly("new");
	}

	@Test
	void lockedAndScheduledMessagesStayAndDeferredOnesGo() {
		this.client.send("plain", "deferred", "locked", "active");
		TestReceiver receiver = this.client.attachReceiver("plain").credit(2);
		receiver.propose(receiver.deliveries.get(0), new DeliveryState.Modified(null, true, Map.of()));
		this.client.send("plain",
				TestMessages.builder("scheduled")
					.messageAnnotations(Map.of(Symbol.of("x-opt-scheduled-enqueue-time"), later()))
					.build());
		assertThat(TestNode.body(delete(10, later())).get("message-count")).isEqualTo(2);
		assertThat(this.queue.messages()).extracting(StoredMessage::messageId).containsExactly("locked", "scheduled");
	}

	@Test
	void messagesOfOneSessionOrOfAllAreDeleted() {
		TestNode sessions = this.client.attachNode("orders/$management");
		TestSessions.send(this.client, "a", "1");
		TestSessions.send(this.client, "b", "2");
		TestSessions.send(this.client, "c", "3");
		Map<String, Object> body = new HashMap<>(body(10, later()));
		body.put("session-id", "b");
		assertThat(count(sessions, body)).isEqualTo(1);
		assertThat(this.bench.emulator.queue("orders").messages()).extracting(StoredMessage::messageId)
			.containsExactly("1", "3");
		assertThat(count(sessions, body(10, later()))).isEqualTo(2);
	}

	@Test
	void deadLettersAreDeletedAtTheirOwnNode() {
		this.client.send("plain", "1");
		TestReceiver receiver = this.client.attachReceiver("plain").credit(1);
		receiver.propose(receiver.last(), new DeliveryState.Rejected(null));
		assertThat(count(this.client.attachNode("plain/$DeadLetterQueue/$management"), body(10, later()))).isEqualTo(1);
		assertThat(this.queue.deadLetters()).isEmpty();
	}

	@Test
	void noMoreThanTheServiceDeletesAtOnceAreDeleted() {
		TestSender sender = this.client.attachSender("plain");
		for (int i = 0; i < 4001; i++) {
			sender.sendSettled(TestMessages.withId("" + i));
		}
		assertThat(TestNode.body(delete(1_000_000, later())).get("message-count")).isEqualTo(4000);
		assertThat(this.queue.messages()).hasSize(1);
	}

	@Test
	void numberMustBePositive() {
		EncodedMessage response = delete(0, later());
		assertThat(response.applicationProperties()).containsEntry("statusCode", 400)
			.containsEntry("errorCondition", Symbol.of("com.microsoft:argument-error"));
	}

	private EncodedMessage delete(int count, Instant before) {
		return this.node.request("com.microsoft:batch-delete-messages", body(count, before));
	}

	private static Object count(TestNode node, Map<String, ?> body) {
		return TestNode.body(node.request("com.microsoft:batch-delete-messages", body)).get("message-count");
	}

	private static Map<String, ?> body(int count, Instant before) {
		return Map.of("message-count", count, "enqueued-time-utc", before);
	}

	private Instant later() {
		return this.bench.emulator.clock().instant().plusSeconds(60);
	}

}
