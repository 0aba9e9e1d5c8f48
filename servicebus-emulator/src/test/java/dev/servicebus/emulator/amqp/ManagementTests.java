package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedInteger;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.auth.Right;
import dev.servicebus.emulator.store.MessageState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ManagementTests {

	private static final Symbol LOCK_TOKEN = Symbol.of("x-opt-lock-token");

	private static final AuthorizationRule LISTEN = new AuthorizationRule("listen", "listen-key", null,
			EnumSet.of(Right.LISTEN));

	private final TestBench bench = new TestBench((builder) -> builder.queue("orders")
		.rule(AuthorizationRule.allRights("RootManageSharedAccessKey", "SAS_KEY_VALUE"))
		.rule(LISTEN));

	private final TestClient client = this.bench.connect();

	private final QueueView queue = this.bench.emulator.queue("orders");

	private final TestNode node = this.client.attachNode("orders/$management");

	@Test
	void responseCarriesStatusInBothSpellingsAsInt() {
		EncodedMessage ok = this.node.request(UnsignedLong.of(0), null,
				TestNode.properties("com.microsoft:schedule-message", Map.of("com.microsoft:server-timeout", 5000L)),
				schedule(now().plusSeconds(10), "1"));
		assertThat(ok.properties().correlationId()).isEqualTo(UnsignedLong.of(0));
		assertThat(ok.applicationProperties()).containsEntry("statusCode", 200)
			.containsEntry("status-code", 200)
			.containsKeys("statusDescription", "status-description")
			.doesNotContainKey("errorCondition");
		EncodedMessage failed = this.node.request("com.microsoft:nothing-of-that-kind", Map.of());
		assertThat(failed.applicationProperties()).containsEntry("statusCode", 501)
			.containsEntry("errorCondition", Symbol.of("amqp:not-implemented"));
	}

	@Test
	void trackingIdComesBack() {
		EncodedMessage response = this.node.request("com.microsoft:peek-message",
				Map.of("com.microsoft:tracking-id", "t-1"), Map.of("from-sequence-number", 0L, "message-count", 1));
		assertThat(response.applicationProperties()).containsEntry("com.microsoft:tracking-id", "t-1");
	}

	@Test
	void renewLockAnswersWithAnArrayOfTimestamps() {
		TestReceiver receiver = receive("1", "2");
		this.bench.emulator.clock().advance(Duration.ofSeconds(30));
		UUID[] tokens = receiver.messages().stream().map(ManagementTests::token).toArray(UUID[]::new);
		Map<?, ?> body = TestNode.body(this.node.request("com.microsoft:renew-lock", Map.of("lock-tokens", tokens)));
		Instant until = now().plusSeconds(60);
		assertThat(body.get("expirations")).isEqualTo(new Instant[] { until, until });
		assertThat(this.queue.messages()).extracting(StoredMessage::lockedUntil).containsOnly(until);
	}

	@Test
	void renewLockFailsAsAWholeIfOneLockIsLost() {
		TestReceiver receiver = receive("1");
		Instant before = this.queue.messages().get(0).lockedUntil();
		this.bench.emulator.clock().advance(Duration.ofSeconds(1));
		UUID[] tokens = { token(receiver.lastMessage()), new UUID(1, 2) };
		EncodedMessage response = this.node.request("com.microsoft:renew-lock", Map.of("lock-tokens", tokens));
		assertFailure(response, 410, "com.microsoft:message-lock-lost");
		assertThat(this.queue.messages().get(0).lockedUntil()).isEqualTo(before);
	}

	@Test
	void peekShowsEveryStateAndGoesOnFromANumber() {
		TestReceiver receiver = receive("deferred", "locked");
		receiver.propose(receiver.deliveries.get(0), new DeliveryState.Modified(null, true, Map.of()));
		this.client.send("orders", "active");
		this.node.request("com.microsoft:schedule-message", schedule(now().plusSeconds(60), "scheduled"));

		List<EncodedMessage> peeked = peek(this.node, 0, 10);
		assertThat(peeked).extracting((message) -> message.properties().messageId())
			.containsExactly("deferred", "locked", "active", "scheduled");
		assertThat(peeked).extracting((message) -> message.messageAnnotation(Symbol.of("x-opt-message-state")))
			.containsExactly(1, null, null, 2);
		assertThat(peeked.get(1).messageAnnotation(Symbol.of("x-opt-locked-until"))).isEqualTo(now().plusSeconds(60));
		assertThat(peeked.get(2).messageAnnotation(Symbol.of("x-opt-locked-until"))).isNull();
		assertThat(peek(this.node, 3, 1)).extracting((message) -> message.properties().messageId())
			.containsExactly("active");
		assertThat(this.queue.messages()).extracting(StoredMessage::deliveryCount).containsOnly(0);
	}

	@Test
	void peekOfNothingIsNoContent() {
		EncodedMessage response = this.node.request("com.microsoft:peek-message",
				Map.of("from-sequence-number", 0L, "message-count", 1));
		assertThat(TestNode.status(response)).isEqualTo(204);
	}

	@Test
	void bodiesAreLeftOutWhereNobodyWantsThem() {
		this.client.send("orders", TestMessages.builder("1").applicationProperties(Map.of("k", "v")).build());
		EncodedMessage response = this.node.request("com.microsoft:peek-message",
				Map.of("from-sequence-number", 0L, "message-count", 1, "omit-message-body", true));
		Map<?, ?> entry = (Map<?, ?>) ((List<?>) TestNode.body(response).get("messages")).get(0);
		EncodedMessage message = EncodedMessage.of((byte[]) entry.get("message"));
		assertThat(message.properties().messageId()).isEqualTo("1");
		assertThat(message.applicationProperties()).containsEntry("k", "v");
		assertThat(message.bodyCode()).isNull();
	}

	@Test
	void peekReturnsFewerMessagesThanAskedForIfTheyAreLarge() {
		for (int i = 0; i < 4; i++) {
			this.client.send("orders", TestMessages.ofSize(100_000));
		}
		assertThat(peek(this.node, 1, 4)).hasSize(2);
		assertThat(peek(this.node, 3, 4)).hasSize(2);
	}

	@Test
	void subQueuesHaveManagementNodesOfTheirOwn() {
		TestReceiver receiver = receive("dead");
		receiver.propose(receiver.last(), new DeliveryState.Rejected(null));
		TestNode deadLetters = this.client.attachNode("orders/$DeadLetterQueue/$management");
		assertThat(peek(deadLetters, 0, 5)).hasSize(1);
		assertThat(TestNode.status(this.node.request("com.microsoft:peek-message",
				Map.of("from-sequence-number", 0L, "message-count", 1))))
			.isEqualTo(204);
	}

	@Test
	void deferredMessagesAreLockedByTheirNumbers() {
		long number = defer("1");
		EncodedMessage response = this.node.request("com.microsoft:receive-by-sequence-number",
				Map.of("sequence-numbers", new Long[] { number }, "receiver-settle-mode", UnsignedInteger.of(1)));
		Map<?, ?> entry = (Map<?, ?>) ((List<?>) TestNode.body(response).get("messages")).get(0);
		EncodedMessage message = EncodedMessage.of((byte[]) entry.get("message"));
		assertThat(message.deliveryAnnotation(LOCK_TOKEN)).isEqualTo(entry.get("lock-token"));
		assertThat(message.messageAnnotation(Symbol.of("x-opt-locked-until"))).isEqualTo(now().plusSeconds(60));
		assertThat(this.queue.messages().get(0).isLocked()).isTrue();
		assertThat(TestNode.status(dispose("completed", (UUID) entry.get("lock-token"), Map.of()))).isEqualTo(200);
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void deferredMessagesAreTakenForGoodInTheOtherMode() {
		long number = defer("1");
		EncodedMessage response = this.node.request("com.microsoft:receive-by-sequence-number",
				Map.of("sequence-numbers", List.of(number), "receiver-settle-mode", UnsignedInteger.ZERO));
		assertThat((List<?>) TestNode.body(response).get("messages")).hasSize(1);
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void numberThatIsNotDeferredFailsTheWholeCall() {
		long number = defer("1");
		this.client.send("orders", "active");
		EncodedMessage response = this.node.request("com.microsoft:receive-by-sequence-number",
				Map.of("sequence-numbers", new long[] { number, number + 1 }, "receiver-settle-mode", 1));
		assertFailure(response, 404, "com.microsoft:message-not-found");
		assertThat(this.queue.messages().get(0).isLocked()).isFalse();
	}

	@Test
	void scheduledMessagesAreNumberedAndCancelled() {
		Map<?, ?> body = TestNode
			.body(this.node.request("com.microsoft:schedule-message", schedule(now().plusSeconds(60), "1", "2")));
		Object[] numbers = (Object[]) body.get("sequence-numbers");
		assertThat(numbers).containsExactly(1L, 2L).isInstanceOf(Long[].class);
		assertThat(TestNode.status(this.node.request("com.microsoft:cancel-scheduled-message",
				Map.of("sequence-numbers", new long[] { 1L }))))
			.isEqualTo(200);
		assertThat(this.queue.messages()).singleElement()
			.satisfies((message) -> assertThat(message.messageId()).isEqualTo("2"));
		assertFailure(this.node.request("com.microsoft:cancel-scheduled-message",
				Map.of("sequence-numbers", new long[] { 2L, 1L })), 404, "com.microsoft:message-not-found");
		assertThat(this.queue.counts().scheduled()).isOne();
		this.bench.emulator.clock().advance(Duration.ofSeconds(60));
		assertThat(this.queue.messages().get(0).state()).isEqualTo(MessageState.ACTIVE);
		assertThat(this.queue.messages().get(0).sequenceNumber()).isEqualTo(3);
	}

	@Test
	void oneBadMessageFailsTheWholeSchedule() {
		List<?> messages = List.of(Map.of("message", TestMessages.withId("1").encode()),
				Map.of("message", new byte[] { 1 }));
		assertFailure(this.node.request("com.microsoft:schedule-message", Map.of("messages", messages)), 400,
				"amqp:decode-error");
		assertThat(this.queue.messages()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "completed, 0, 0", "abandoned, 1, 0", "defered, 1, 0", "deferred, 1, 0", "suspended, 0, 1",
			"released, 1, 0" })
	void dispositionIsUpdatedByToken(String status, int left, int deadLettered) {
		TestReceiver receiver = receive("1");
		EncodedMessage response = dispose(status, token(receiver.lastMessage()), Map.of("deadletter-reason", "r",
				"deadletter-description", "d", "properties-to-modify", Map.of("k", 1)));
		assertThat(TestNode.status(response)).isEqualTo(200);
		assertThat(this.queue.messages()).hasSize(left);
		assertThat(this.queue.deadLetters()).hasSize(deadLettered);
		if (deadLettered > 0) {
			assertThat(this.queue.deadLetters().get(0).applicationProperties())
				.isEqualTo(Map.of("DeadLetterReason", "r", "DeadLetterErrorDescription", "d", "k", 1));
		}
		else if (left > 0 && !status.equals("released")) {
			assertThat(this.queue.messages().get(0).applicationProperties()).containsEntry("k", 1);
		}
	}

	@Test
	void dispositionOfALostLockFails() {
		assertFailure(dispose("completed", new UUID(1, 2), Map.of()), 410, "com.microsoft:message-lock-lost");
		TestReceiver receiver = receive("1");
		assertFailure(dispose("unheard-of", token(receiver.lastMessage()), Map.of()), 400,
				"com.microsoft:argument-error");
	}

	@ParameterizedTest
	@CsvSource({ "renew-lock", "peek-message", "receive-by-sequence-number", "schedule-message",
			"cancel-scheduled-message", "update-disposition" })
	void malformedBodyIsAnsweredWith400(String operation) {
		assertFailure(this.node.request("com.microsoft:" + operation, "no map"), 400, "com.microsoft:argument-error");
		assertFailure(this.node.request("com.microsoft:" + operation, Map.of()), 400, "com.microsoft:argument-error");
	}

	@Test
	void keysMayBeSymbols() {
		this.client.send("orders", "1");
		EncodedMessage response = this.node.request("com.microsoft:peek-message",
				Map.of(Symbol.of("from-sequence-number"), 0, Symbol.of("message-count"), 5L));
		assertThat(TestNode.status(response)).isEqualTo(200);
	}

	@Test
	void eachOperationTakesItsOwnRight() {
		TestNode listening = this.bench.connect(SaslCredentials.plain("listen", "listen-key"))
			.attachNode("orders/$management");
		assertFailure(listening.request("com.microsoft:schedule-message", schedule(now(), "1")), 401,
				"amqp:unauthorized-access");
		assertThat(TestNode.status(listening.request("com.microsoft:peek-message",
				Map.of("from-sequence-number", 0L, "message-count", 1))))
			.isEqualTo(204);
	}

	@Test
	void deletedEntityIsReportedAsMissing() {
		this.bench.emulator.deleteQueue("orders");
		EncodedMessage response = this.node.request("com.microsoft:peek-message",
				Map.of("from-sequence-number", 0L, "message-count", 1));
		assertFailure(response, 404, "amqp:not-found");
		assertThat((String) response.applicationProperties().get("statusDescription"))
			.matches("The messaging entity '.*' could not be found.*");
	}

	@Test
	void responsesWaitForCredit() {
		TestReceiver replies = this.client.attachReceiver("orders/$management");
		TestSender requests = this.client.attachSender("orders/$management");
		for (int i = 0; i < 3; i++) {
			requests.send(TestMessages.builder("" + i).applicationProperties(Map.of("operation", "x")).build());
		}
		assertThat(replies.deliveries).isEmpty();
		replies.credit(2);
		assertThat(replies.deliveries).hasSize(2);
		replies.credit(2);
		assertThat(replies.deliveries).hasSize(3);
	}

	private TestReceiver receive(String... ids) {
		this.client.send("orders", ids);
		return this.client.attachReceiver("orders").credit(ids.length);
	}

	private long defer(String id) {
		TestReceiver receiver = receive(id);
		receiver.propose(receiver.last(), new DeliveryState.Modified(null, true, Map.of()));
		return this.queue.messages().get(0).sequenceNumber();
	}

	private EncodedMessage dispose(String status, UUID token, Map<String, ?> further) {
		Map<String, Object> body = new HashMap<>(further);
		body.put("disposition-status", status);
		body.put("lock-tokens", new UUID[] { token });
		return this.node.request("com.microsoft:update-disposition", body);
	}

	private static Map<String, ?> schedule(Instant at, String... ids) {
		return Map.of("messages",
				IntStream.range(0, ids.length)
					.mapToObj((i) -> Map.of("message-id", ids[i], "message",
							TestMessages.builder(ids[i])
								.messageAnnotations(Map.of(Symbol.of("x-opt-scheduled-enqueue-time"), at))
								.build()
								.encode()))
					.toList());
	}

	private static List<EncodedMessage> peek(TestNode node, long from, int count) {
		EncodedMessage response = node.request("com.microsoft:peek-message",
				Map.of("from-sequence-number", from, "message-count", count));
		assertThat(TestNode.status(response)).isEqualTo(200);
		return ((List<?>) TestNode.body(response).get("messages")).stream()
			.map((entry) -> EncodedMessage.of((byte[]) ((Map<?, ?>) entry).get("message")))
			.toList();
	}

	private static UUID token(EncodedMessage message) {
		return (UUID) message.deliveryAnnotation(LOCK_TOKEN);
	}

	private static void assertFailure(EncodedMessage response, int status, String condition) {
		assertThat(response.applicationProperties()).containsEntry("statusCode", status)
			.containsEntry("errorCondition", Symbol.of(condition));
	}

	private Instant now() {
		return this.bench.emulator.clock().instant();
	}

}
