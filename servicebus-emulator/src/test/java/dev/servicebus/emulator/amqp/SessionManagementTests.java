package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.entity.EntityOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SessionManagementTests {

	private static final byte[] STATE = { 1, 2, 3 };

	private final TestBench bench = new TestBench((builder) -> builder
		.queue("orders", EntityOptions.builder().requiresSession(true).lockDuration(Duration.ofSeconds(30)).build())
		.queue("plain"));

	private final TestClient client = this.bench.connect();

	private final QueueView queue = this.bench.emulator.queue("orders");

	private final TestNode node = this.client.attachNode("orders/$management");

	@Test
	void renewedLockKeepsTheLink() {
		TestReceiver holder = TestSessions.accept(this.client, "a");
		advance(Duration.ofSeconds(20));
		EncodedMessage response = request("renew-session-lock", Map.of("session-id", "a"));
		assertThat(TestNode.body(response).get("expiration")).isEqualTo(now().plusSeconds(30));
		advance(Duration.ofSeconds(29));
		assertThat(holder.link.isOpen()).isTrue();
		advance(Duration.ofSeconds(1));
		assertThat(holder.link.isOpen()).isFalse();
		assertFailure(request("renew-session-lock", Map.of("session-id", "a")), 410, "com.microsoft:session-lock-lost");
	}

	@Test
	void stateIsSetReadAndCleared() {
		TestReceiver holder = TestSessions.accept(this.client, "a");
		assertThat(state("a")).isEqualTo(Collections.singletonMap("session-state", null));
		assertThat(TestNode.status(setState("a", STATE))).isEqualTo(200);
		assertThat(state("a").get("session-state")).isEqualTo(STATE);
		holder.close();
		assertThat(state("a").get("session-state")).isEqualTo(STATE);
		assertFailure(setState("a", null), 410, "com.microsoft:session-lock-lost");
		TestSessions.accept(this.client, "a");
		assertThat(TestNode.status(setState("a", new byte[0]))).as("empty is none").isEqualTo(200);
		assertThat(state("a")).isEqualTo(Collections.singletonMap("session-state", null));
	}

	@Test
	void sessionsAreListedPageByPage() {
		assertThat(TestNode.status(list(Instant.ofEpochMilli(253_402_300_800_000L), 0))).isEqualTo(204);
		for (String id : List.of("a", "b", "c")) {
			TestSessions.send(this.client, id, "1");
		}
		Map<?, ?> first = TestNode.body(list(Instant.ofEpochMilli(253_402_300_800_000L), 0));
		assertThat(first.get("sessions-ids")).isEqualTo(new String[] { "a", "b" });
		assertThat(first.get("skip")).isEqualTo(2);
		Map<?, ?> second = TestNode.body(list(Instant.ofEpochMilli(253_402_300_800_000L), 2));
		assertThat(second.get("sessions-ids")).isEqualTo(new String[] { "c" });
		assertThat(second.get("skip")).isEqualTo(3);
	}

	@Test
	void sessionsWithChangedStateAreListed() {
		TestSessions.send(this.client, "a", "1");
		TestSessions.accept(this.client, "b");
		Instant before = now().minusMillis(1);
		setState("b", STATE);
		assertThat(TestNode.body(list(before, 0)).get("sessions-ids")).isEqualTo(new String[] { "b" });
		assertThat(TestNode.status(list(now(), 0))).isEqualTo(204);
	}

	@Test
	void peekShowsTheSessionThatIsNamedOrAll() {
		TestSessions.send(this.client, "a", "1");
		TestSessions.send(this.client, "b", "2");
		assertThat(peek(Map.of("session-id", "b"))).hasSize(1);
		assertThat(peek(Map.of())).hasSize(2);
	}

	@Test
	void deferredMessageIsReceivedAndSettledInItsSession() {
		TestSessions.send(this.client, "a", "1");
		TestReceiver holder = TestSessions.accept(this.client, "a").credit(1);
		holder.propose(holder.last(), new DeliveryState.Modified(false, true, Map.of()));
		Map<String, Object> body = Map.of("sequence-numbers", new Long[] { 1L }, "receiver-settle-mode",
				UnsignedInteger.of(1));
		assertFailure(request("receive-by-sequence-number", body), 400, "amqp:not-allowed");
		assertFailure(request("receive-by-sequence-number", with(body, "session-id", "b")), 410,
				"com.microsoft:session-lock-lost");
		Map<?, ?> found = TestNode.body(request("receive-by-sequence-number", with(body, "session-id", "a")));
		UUID token = (UUID) ((Map<?, ?>) ((List<?>) found.get("messages")).get(0)).get("lock-token");
		EncodedMessage settled = complete(token);
		assertThat(TestNode.status(settled)).isEqualTo(200);
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void deferredMessageIsReceivedInTheSessionOfTheLinkThatIsNamed() {
		TestSessions.send(this.client, "a", "1");
		TestReceiver holder = TestSessions.accept(this.client, "a").credit(1);
		holder.propose(holder.last(), new DeliveryState.Modified(false, true, Map.of()));
		Map<String, Object> body = Map.of("sequence-numbers", new Long[] { 1L }, "receiver-settle-mode",
				UnsignedInteger.of(1));
		Map<String, Object> link = Map.of("associated-link-name", holder.link.name());
		assertThat(TestNode.status(this.node.request("com.microsoft:receive-by-sequence-number", link, body)))
			.isEqualTo(200);
		holder.close();
		assertFailure(this.node.request("com.microsoft:receive-by-sequence-number", link, body), 400,
				"amqp:not-allowed");
	}

	@Test
	void tokensOfASessionEndWithItsLock() {
		TestSessions.send(this.client, "a", "1");
		TestReceiver holder = TestSessions.accept(this.client, "a").credit(1);
		UUID token = (UUID) holder.lastMessage().deliveryAnnotations().get(Symbol.of("x-opt-lock-token"));
		assertFailure(request("renew-lock", Map.of("lock-tokens", new UUID[] { token })), 400, "amqp:not-allowed");
		holder.close();
		assertFailure(complete(token), 410, "com.microsoft:session-lock-lost");
		assertThat(this.queue.messages()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "get-session-state", "set-session-state", "renew-session-lock", "peek-message",
			"receive-by-sequence-number", "batch-delete-messages", "get-message-sessions" })
	void queueWithoutSessionsRefuses(String operation) {
		EncodedMessage response = this.client.attachNode("plain/$management")
			.request("com.microsoft:" + operation,
					Map.of("session-id", "a", "from-sequence-number", 0L, "message-count", 1, "sequence-numbers",
							new long[] { 1 }, "receiver-settle-mode", 1, "enqueued-time-utc", now(),
							"last-updated-time", now(), "skip", 0, "top", 1));
		assertFailure(response, 400, "amqp:not-allowed");
		assertThat((String) response.applicationProperties().get("statusDescription"))
			.contains("an entity that does not require sessions");
	}

	@Test
	void sessionOfAnotherConnectionIsNotOnesOwn() {
		TestSessions.send(this.client, "a", "1", "2");
		TestReceiver holder = TestSessions.accept(this.client, "a").credit(2);
		holder.propose(holder.last(), new DeliveryState.Modified(false, true, Map.of()));
		UUID token = (UUID) holder.messages().get(0).deliveryAnnotation(Symbol.of("x-opt-lock-token"));
		TestNode other = this.bench.connect().attachNode("orders/$management");
		assertLockLost(other, "renew-session-lock", Map.of("session-id", "a"));
		assertLockLost(other, "set-session-state", Map.of("session-id", "a", "session-state", STATE));
		assertLockLost(other, "receive-by-sequence-number",
				Map.of("session-id", "a", "sequence-numbers", new long[] { 2 }, "receiver-settle-mode", 1));
		assertLockLost(other, "update-disposition",
				Map.of("session-id", "a", "lock-tokens", new UUID[] { token }, "disposition-status", "completed"));
		assertThat(this.queue.messages()).hasSize(2);
		assertThat(TestNode.status(complete(token))).isEqualTo(200);
	}

	@Test
	void tokenOfOneSessionIsOfNoUseInAnother() {
		TestSessions.send(this.client, "a", "1");
		TestSessions.accept(this.client, "b");
		TestReceiver holder = TestSessions.accept(this.client, "a").credit(1);
		UUID token = (UUID) holder.lastMessage().deliveryAnnotation(Symbol.of("x-opt-lock-token"));
		assertLockLost(this.node, "update-disposition",
				Map.of("session-id", "b", "lock-tokens", new UUID[] { token }, "disposition-status", "completed"));
		assertThat(TestNode.status(complete(token))).isEqualTo(200);
	}

	@Test
	void sessionIdMeansNothingWhereThereAreNoSessions() {
		this.client.send("plain", "1");
		TestReceiver receiver = this.client.attachReceiver("plain").credit(1);
		UUID token = (UUID) receiver.lastMessage().deliveryAnnotation(Symbol.of("x-opt-lock-token"));
		EncodedMessage response = this.client.attachNode("plain/$management")
			.request("com.microsoft:update-disposition",
					Map.of("session-id", "a", "lock-tokens", new UUID[] { token }, "disposition-status", "completed"));
		assertThat(TestNode.status(response)).isEqualTo(200);
	}

	private EncodedMessage complete(UUID token) {
		return request("update-disposition",
				Map.of("lock-tokens", new UUID[] { token }, "disposition-status", "completed", "session-id", "a"));
	}

	private List<?> peek(Map<String, Object> further) {
		Map<String, Object> body = new HashMap<>(further);
		body.put("from-sequence-number", 0L);
		body.put("message-count", 10);
		return (List<?>) TestNode.body(request("peek-message", body)).get("messages");
	}

	private Map<?, ?> state(String sessionId) {
		return TestNode.body(request("get-session-state", Map.of("session-id", sessionId)));
	}

	private EncodedMessage setState(String sessionId, byte[] state) {
		return request("set-session-state", with(Map.of("session-id", sessionId), "session-state", state));
	}

	private EncodedMessage list(Instant updatedAfter, int skip) {
		return request("get-message-sessions", Map.of("last-updated-time", updatedAfter, "skip", skip, "top", 2));
	}

	private EncodedMessage request(String operation, Map<String, ?> body) {
		return this.node.request("com.microsoft:" + operation, body);
	}

	private static Map<String, Object> with(Map<String, Object> body, String key, Object value) {
		Map<String, Object> result = new HashMap<>(body);
		result.put(key, value);
		return result;
	}

	private static void assertFailure(EncodedMessage response, int status, String condition) {
		assertThat(response.applicationProperties()).containsEntry("statusCode", status)
			.containsEntry("errorCondition", Symbol.of(condition));
	}

	private static void assertLockLost(TestNode node, String operation, Map<String, ?> body) {
		assertFailure(node.request("com.microsoft:" + operation, body), 410, "com.microsoft:session-lock-lost");
	}

	private Instant now() {
		return this.bench.emulator.clock().instant();
	}

	private void advance(Duration duration) {
		this.bench.emulator.clock().advance(duration);
		this.bench.run();
	}

}
