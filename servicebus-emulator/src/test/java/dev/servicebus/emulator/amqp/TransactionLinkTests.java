package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.amqp.message.MessageReader;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.EntityStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TransactionLinkTests {

	private final TestBench bench = TestBench.withQueue("orders");

	private final QueueView queue = this.bench.emulator.queue("orders");

	private final TestClient client = this.bench.connect();

	private final TestCoordinator coordinator = new TestCoordinator(this.client);

	private final TestSender sender = this.client.onNewSession().attachSender("orders");

	@Test
	void coordinatorIsEchoed() {
		assertThat(this.coordinator.link.link.peer().target())
			.isEqualTo(new Terminus.Coordinator(List.of(TestCoordinator.LOCAL)));
		assertThat(this.coordinator.link.link.peer().maxMessageSize()).isPositive();
		assertThat(this.coordinator.link.link.credit()).isPositive();
	}

	@Test
	void declaredIdIsOpaqueAndShort() {
		byte[] first = this.coordinator.declare();
		assertThat(first).hasSize(16).isNotEqualTo(this.coordinator.declare());
	}

	@Test
	void sentMessageIsPromisedAndStoredByTheCommit() {
		byte[] id = this.coordinator.declare();
		assertThat(send("1", id)).satisfies((state) -> assertPromised(state, id, DeliveryState.Accepted.class));
		assertThat(this.queue.messages()).isEmpty();
		assertThat(this.coordinator.commit(id)).isEqualTo(DeliveryState.Accepted.INSTANCE);
		assertThat(ids()).containsExactly("1");
	}

	@Test
	void rolledBackMessageIsNotStored() {
		byte[] id = this.coordinator.declare();
		send("1", id);
		assertThat(this.coordinator.rollBack(id)).isEqualTo(DeliveryState.Accepted.INSTANCE);
		assertThat(this.queue.messages()).isEmpty();
		assertRejected(this.coordinator.commit(id), "amqp:transaction:unknown-id");
	}

	@Test
	void settledMessageCountsToo() {
		byte[] id = this.coordinator.declare();
		this.sender.sendSettled(TestMessages.withId("1"), TestCoordinator.in(id));
		this.coordinator.commit(id);
		assertThat(ids()).containsExactly("1");
	}

	static Stream<DeliveryState> outcomes() {
		return LinkSettlementTests.outcomes();
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void settlementIsPromisedAndDoneByTheCommit(DeliveryState outcome) {
		TestReceiver receiver = receive("1");
		byte[] id = this.coordinator.declare();
		TestReceiver.Answer answer = receiver.propose(receiver.last(), TestCoordinator.in(id, outcome));
		assertThat(answer.settled()).isTrue();
		assertPromised(answer.state(), id, outcome.getClass());
		assertThat(this.queue.messages()).singleElement().matches(StoredMessage::isLocked);
		assertThat(this.coordinator.commit(id)).isEqualTo(DeliveryState.Accepted.INSTANCE);
		assertThat(this.queue.messages()).noneMatch(StoredMessage::isLocked);
	}

	@Test
	void messageInATransactionCannotBeSettledElsewhere() {
		TestReceiver receiver = receive("1");
		UUID token = (UUID) receiver.lastMessage().deliveryAnnotation(Symbol.of("x-opt-lock-token"));
		byte[] id = this.coordinator.declare();
		receiver.propose(receiver.last(), TestCoordinator.in(id, DeliveryState.Accepted.INSTANCE));
		TestNode node = this.client.attachNode("orders/$management");
		assertThat(TestNode.status(updateDisposition(node, token))).isEqualTo(410);
		node.state = TestCoordinator.in(this.coordinator.declare());
		assertThat(TestNode.status(updateDisposition(node, token))).isEqualTo(410);
		this.coordinator.rollBack(id);
		node.state = null;
		assertThat(TestNode.status(updateDisposition(node, token))).isEqualTo(200);
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void lostLockIsRejectedAtOnce() {
		TestReceiver receiver = receive("1");
		byte[] id = this.coordinator.declare();
		this.bench.emulator.clock().advance(Duration.ofMinutes(1));
		IncomingDelivery first = receiver.deliveries.get(0);
		assertRejected(receiver.propose(first, TestCoordinator.in(id, DeliveryState.Accepted.INSTANCE)).state(),
				"com.microsoft:message-lock-lost");
		assertThat(this.coordinator.commit(id)).isEqualTo(DeliveryState.Accepted.INSTANCE);
	}

	@Test
	void lostLockThatNobodyCanBeToldFailsTheCommit() {
		TestReceiver receiver = receive("1");
		byte[] id = this.coordinator.declare();
		this.bench.emulator.clock().advance(Duration.ofMinutes(1));
		receiver.settle(receiver.deliveries.get(0), TestCoordinator.in(id, DeliveryState.Accepted.INSTANCE));
		assertRejected(this.coordinator.commit(id), "amqp:transaction:rollback");
	}

	@Test
	void refusedMessageFailsTheCommit() {
		byte[] id = this.coordinator.declare();
		send("1", id);
		this.queue.update(EntityOptions.builder().status(EntityStatus.SEND_DISABLED).build());
		DeliveryState refused = send("2", id);
		assertPromised(refused, id, DeliveryState.Rejected.class);
		this.queue.update(EntityOptions.DEFAULTS);
		assertRejected(this.coordinator.commit(id), "amqp:transaction:rollback");
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void malformedMessageFailsTheCommit() {
		byte[] id = this.coordinator.declare();
		assertPromised(this.sender.send(0, new byte[] { 1, 2, 3 }, TestCoordinator.in(id)), id,
				DeliveryState.Rejected.class);
		assertRejected(this.coordinator.commit(id), "amqp:transaction:rollback");
	}

	@Test
	void messageThatIsTooLargeFailsTheCommit() {
		byte[] id = this.coordinator.declare();
		byte[] payload = AmqpMessage.builder().data(new byte[300_000]).build().encode();
		assertThat(this.sender.send(0, payload, TestCoordinator.in(id))).isInstanceOf(DeliveryState.Rejected.class);
		assertRejected(this.coordinator.commit(id), "amqp:transaction:rollback");
	}

	@Test
	void workOfAnUnknownTransactionIsRejected() {
		TestReceiver receiver = receive("1");
		byte[] unknown = new byte[16];
		assertRejected(send("2", unknown), "amqp:transaction:unknown-id");
		assertRejected(
				receiver.propose(receiver.last(), TestCoordinator.in(new byte[] { 1 }, DeliveryState.Accepted.INSTANCE))
					.state(),
				"amqp:transaction:unknown-id");
		assertRejected(this.coordinator.rollBack(unknown), "amqp:transaction:unknown-id");
		assertThat(this.queue.messages()).singleElement().matches(StoredMessage::isLocked);
	}

	@Test
	void idIsGoodOnItsOwnConnectionOnly() {
		byte[] id = this.coordinator.declare();
		TestSender other = this.bench.connect().attachSender("orders");
		assertRejected(other.send(0, TestMessages.withId("1").encode(), TestCoordinator.in(id)),
				"amqp:transaction:unknown-id");
	}

	@Test
	void closedCoordinatorRollsBack() {
		TestReceiver receiver = receive("1");
		byte[] id = this.coordinator.declare();
		receiver.propose(receiver.last(), TestCoordinator.in(id, DeliveryState.Accepted.INSTANCE));
		send("2", id);
		this.coordinator.link.close();
		assertThat(ids()).containsExactly("1");
		assertRejected(new TestCoordinator(this.client).commit(id), "amqp:transaction:unknown-id");
	}

	@Test
	void closedConnectionRollsBack() {
		TestReceiver receiver = receive("1");
		byte[] id = this.coordinator.declare();
		receiver.propose(receiver.last(), TestCoordinator.in(id, DeliveryState.Accepted.INSTANCE));
		this.bench.run(() -> this.client.connection().close(null));
		this.bench.emulator.clock().advance(Duration.ofMinutes(1));
		assertThat(this.queue.messages()).singleElement().satisfies((message) -> {
			assertThat(message.isLocked()).isFalse();
			assertThat(message.deliveryCount()).isOne();
		});
	}

	@Test
	void transactionTimesOut() {
		byte[] id = this.coordinator.declare();
		send("1", id);
		this.bench.emulator.clock().advance(Duration.ofMinutes(2));
		assertRejected(send("2", id), "amqp:transaction:timeout");
		assertRejected(this.coordinator.commit(id), "amqp:transaction:timeout");
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void scheduledMessageHasItsNumberBeforeTheCommit() {
		TestNode node = this.client.attachNode("orders/$management");
		byte[] id = this.coordinator.declare();
		node.state = TestCoordinator.in(id);
		EncodedMessage response = node.request("com.microsoft:schedule-message",
				Map.of("messages", List.of(Map.of("message-id", "1", "message", scheduled("1")))));
		assertPromised(node.requests.outcomes.get(0), id, DeliveryState.Accepted.class);
		Object numbers = TestNode.body(response).get("sequence-numbers");
		assertThat(this.queue.counts().scheduled()).isZero();
		this.coordinator.commit(id);
		assertThat(this.queue.counts().scheduled()).isOne();
		node.state = null;
		EncodedMessage cancelled = node.request("com.microsoft:cancel-scheduled-message",
				Map.of("sequence-numbers", numbers));
		assertThat(TestNode.status(cancelled)).isEqualTo(200);
	}

	@Test
	void operationThatCannotBeUndoneIsRefusedInATransaction() {
		TestNode node = this.client.attachNode("orders/$management");
		node.state = TestCoordinator.in(this.coordinator.declare());
		assertThat(TestNode.status(
				node.request("com.microsoft:cancel-scheduled-message", Map.of("sequence-numbers", new long[] { 1 }))))
			.isEqualTo(400);
		assertThat(TestNode
			.status(node.request("com.microsoft:peek-message", Map.of("from-sequence-number", 0L, "message-count", 1))))
			.isEqualTo(204);
		node.state = TestCoordinator.in(new byte[16]);
		assertThat(node.request("com.microsoft:peek-message", Map.of()).applicationProperties())
			.containsEntry("errorCondition", Symbol.of("amqp:transaction:unknown-id"));
	}

	@Test
	void batchTakesPartAsAWhole() {
		byte[] id = this.coordinator.declare();
		byte[] batch = SendTests.batch(TestMessages.withId("1"), TestMessages.withId("2"));
		assertPromised(this.sender.send(MessageReader.BATCH_FORMAT, batch, TestCoordinator.in(id)), id,
				DeliveryState.Accepted.class);
		this.coordinator.commit(id);
		assertThat(ids()).containsExactly("1", "2");
	}

	@Test
	void nonsenseIsRejectedAndTheLinkStays() {
		assertRejected(this.coordinator.command("nonsense"), "amqp:decode-error");
		assertRejected(this.coordinator.command(new DescribedValue(UnsignedLong.of(0x33), List.of())),
				"amqp:decode-error");
		assertRejected(this.coordinator.command(new DescribedValue(UnsignedLong.of(0x32), List.of())),
				"amqp:decode-error");
		assertRejected(this.coordinator.link.send(0, new byte[] { 1 }), "amqp:decode-error");
		assertThat(this.coordinator.declare()).hasSize(16);
	}

	private TestReceiver receive(String id) {
		this.client.send("orders", id);
		return this.client.attachReceiver("orders").credit(1);
	}

	private @Nullable DeliveryState send(String messageId, byte[] transaction) {
		return this.sender.send(0, TestMessages.withId(messageId).encode(), TestCoordinator.in(transaction));
	}

	private byte[] scheduled(String id) {
		Instant later = this.bench.emulator.clock().instant().plusSeconds(60);
		return TestMessages.builder(id)
			.messageAnnotations(Map.of(Symbol.of("x-opt-scheduled-enqueue-time"), later))
			.build()
			.encode();
	}

	private List<Object> ids() {
		return this.queue.messages().stream().map(StoredMessage::messageId).toList();
	}

	private static EncodedMessage updateDisposition(TestNode node, UUID token) {
		return node.request("com.microsoft:update-disposition",
				Map.of("disposition-status", "completed", "lock-tokens", new UUID[] { token }));
	}

	private static void assertPromised(@Nullable DeliveryState state, byte[] id, Class<?> outcome) {
		assertThat(state).isInstanceOfSatisfying(DeliveryState.Transactional.class, (promise) -> {
			assertThat(promise.transactionId()).isEqualTo(id);
			assertThat(promise.outcome()).isInstanceOf(outcome);
			if (promise.outcome() instanceof DeliveryState.Rejected rejected
					&& outcome != DeliveryState.Rejected.class) {
				assertThat(rejected.error()).isNull();
			}
		});
	}

	private static void assertRejected(@Nullable DeliveryState state, String condition) {
		assertThat(state).isInstanceOfSatisfying(DeliveryState.Rejected.class,
				(rejected) -> assertThat(rejected.error().condition()).hasToString(condition));
	}

}
