package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.endpoint.ConnectionListener.CloseReason.Kind;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.emulator.Faults;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.auth.AccessControl;
import dev.servicebus.emulator.fault.FaultAction;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FaultPoint;
import dev.servicebus.emulator.fault.FiredFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FaultTests {

	private static final String BUSY = "com.microsoft:server-busy";

	private final TestBench bench = new TestBench((builder) -> builder.queue("orders").queue("other"));

	private final TestClient client = this.bench.connect();

	private final Faults faults = this.bench.emulator.faults();

	private final QueueView queue = this.bench.emulator.queue("orders");

	@Test
	void messagesAreRefusedAsOftenAsAsked() {
		TestSender sender = this.client.attachSender("orders");
		this.faults.onSend("Orders").next(2).refuse(FaultError.serverBusy());

		assertThat(condition(sender.send(TestMessages.withId("1")))).isEqualTo(BUSY);
		assertThat(condition(sender.send(TestMessages.withId("2")))).isEqualTo(BUSY);
		assertThat(sender.send(TestMessages.withId("3"))).isEqualTo(DeliveryState.Accepted.INSTANCE);
		assertThat(this.queue.messages()).hasSize(1);
	}

	@Test
	void refusedMessagesUseUpNoCredit() {
		TestSender sender = this.client.attachSender("orders");
		this.faults.onSend("orders").always().refuse(FaultError.serverBusy());

		for (int i = 0; i < 3000; i++) {
			assertThat(condition(sender.send(TestMessages.withId("1")))).isEqualTo(BUSY);
		}
		this.faults.clear();
		assertThat(sender.send(TestMessages.withId("1"))).isEqualTo(DeliveryState.Accepted.INSTANCE);
	}

	@Test
	void occasionsAreCountedForEachFault() {
		TestSender sender = this.client.attachSender("orders");
		this.faults.onSend("orders").nth(2).refuse(FaultError.serverBusy());
		this.faults.onSend("orders").every(3).refuse(FaultError.timeout());

		List<String> conditions = IntStream.range(0, 7)
			.mapToObj((i) -> String.valueOf(condition(sender.send(TestMessages.withId("x")))))
			.toList();

		assertThat(conditions).containsExactly("null", BUSY, "com.microsoft:timeout", "null", "null",
				"com.microsoft:timeout", "null");
	}

	@Test
	void otherEntitiesAreSpared() {
		this.faults.onSend("orders").always().refuse(FaultError.serverBusy());

		assertThat(this.client.attachSender("other").send(TestMessages.withId("1")))
			.isEqualTo(DeliveryState.Accepted.INSTANCE);
	}

	@Test
	void swallowedAnswerLeavesTheClientInDoubt() {
		this.faults.onSend("orders").swallowAnswer();

		assertThat(this.client.attachSender("orders").send(TestMessages.withId("1"))).isNull();
		assertThat(this.queue.messages()).hasSize(1);
	}

	@Test
	void ignoredMessageIsNeitherStoredNorAnswered() {
		this.faults.onSend("orders").ignore();

		assertThat(this.client.attachSender("orders").send(TestMessages.withId("1"))).isNull();
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void answerIsLateInTheEmulatorsTime() {
		TestSender sender = this.client.attachSender("orders");
		this.faults.onSend("orders").delayAnswer(Duration.ofMinutes(5));

		assertThat(sender.send(TestMessages.withId("1"))).isNull();
		assertThat(this.queue.messages()).hasSize(1);
		this.bench.emulator.clock().advance(Duration.ofMinutes(5));
		this.bench.run();

		assertThat(sender.outcomes).containsExactly(DeliveryState.Accepted.INSTANCE);
	}

	@Test
	void linkIsClosedInsteadOfAnAnswer() {
		TestSender sender = this.client.attachSender("orders");
		this.faults.onSend("orders").detach(FaultError.detachForced());

		assertThat(sender.send(TestMessages.withId("1"))).isNull();
		assertThat(sender.refusal().condition()).hasToString("amqp:link:detach-forced");
		assertThat(this.queue.messages()).isEmpty();
		assertThat(this.client.attachSender("orders").send(TestMessages.withId("1"))).isNotNull();
	}

	@Test
	void connectionIsCutBeforeOrAfterTheWork() {
		this.faults.onSend("orders").dropConnection();
		this.client.send("orders", "1");
		assertThat(this.client.closed.kind()).isEqualTo(Kind.TRANSPORT);
		assertThat(this.queue.messages()).isEmpty();

		this.faults.onSend("orders").dropInsteadOfAnswering();
		TestClient second = this.bench.connect();
		assertThat(second.attachSender("orders").send(TestMessages.withId("1"))).isNull();
		assertThat(second.closed.kind()).isEqualTo(Kind.TRANSPORT);
		assertThat(this.queue.messages()).hasSize(1);
	}

	@Test
	void connectionIsClosedWithAnError() {
		this.faults.onSend("orders").closeConnection(FaultError.connectionForced());
		this.client.send("orders", "1");

		assertThat(this.client.closed.kind()).isEqualTo(Kind.REMOTE);
		assertThat(this.client.closed.error().condition()).hasToString("amqp:connection:forced");
	}

	@Test
	void attachingIsRefusedIgnoredOrLate() {
		this.faults.onAttachSender("orders").refuse(FaultError.unauthorized());
		assertThat(this.client.attachReceiver("orders").link.isOpen()).isTrue();
		assertThat(this.client.attachSender("orders").refusal().condition()).hasToString("amqp:unauthorized-access");

		this.faults.onAttach("orders").ignore();
		TestSender ignored = this.client.attachSender("orders");
		assertThat(ignored.link.isOpen()).isFalse();
		assertThat(ignored.end).isNull();

		this.faults.onAttach("orders").delayAnswer(Duration.ofSeconds(30));
		TestSender late = this.client.attachSender("orders");
		assertThat(late.link.isOpen()).isFalse();
		this.bench.emulator.clock().advance(Duration.ofSeconds(30));
		this.bench.run();
		assertThat(late.link.isOpen()).isTrue();
	}

	@Test
	void lateLinkThatNobodyWantsAnyMoreIsForgotten() {
		this.faults.onAttach("orders").delayAnswer(Duration.ofSeconds(30));
		this.client.attachSender("orders").close();
		this.bench.emulator.clock().advance(Duration.ofSeconds(30));
		this.bench.run();

		assertThat(this.client.connection().isOpen()).isTrue();
		assertThat(this.client.attachSender("orders").send(TestMessages.withId("1")))
			.isEqualTo(DeliveryState.Accepted.INSTANCE);
	}

	@Test
	void settlementIsRefusedOrItsConfirmationSwallowed() {
		this.client.send("orders", "1", "2");
		TestReceiver receiver = this.client.attachReceiver("orders").credit(2);
		this.faults.onSettle("orders").refuse(FaultError.messageLockLost());

		var answer = receiver.propose(receiver.deliveries.get(0), DeliveryState.Accepted.INSTANCE);

		assertThat(condition(answer.state())).isEqualTo("com.microsoft:message-lock-lost");
		assertThat(this.queue.messages()).hasSize(2);
		this.faults.onSettle("orders").swallowAnswer();
		this.bench.run(() -> receiver.deliveries.get(1).propose(DeliveryState.Accepted.INSTANCE));
		assertThat(receiver.answers).hasSize(1);
		assertThat(this.queue.messages()).hasSize(1);
	}

	@Test
	void deliveriesGetLostOrComeLate() {
		this.client.send("orders", "1", "2", "3");
		this.faults.onDeliver("orders").ignore();
		this.faults.onDeliver("orders").nth(2).delayAnswer(Duration.ofSeconds(5));

		TestReceiver receiver = this.client.attachReceiver("orders").credit(4);

		assertThat(receiver.ids()).containsExactly("3");
		this.bench.emulator.clock().advance(Duration.ofSeconds(5));
		this.bench.run();
		assertThat(receiver.ids()).containsExactly("3", "2");
		assertThat(this.queue.counts().locked()).isEqualTo(3);
	}

	@Test
	void requestsAreRefusedByOperation() {
		this.client.send("orders", "1");
		TestNode node = this.client.attachNode("orders/$management");
		this.faults.onRequest("orders", "com.microsoft:peek-message").refuse(FaultError.serverBusy());
		Map<String, Object> peek = Map.of("from-sequence-number", 0L, "message-count", 1);

		var refused = node.request("com.microsoft:peek-message", peek);

		assertThat(TestNode.status(refused)).isEqualTo(503);
		assertThat(refused.applicationProperties().get("errorCondition")).hasToString(BUSY);
		assertThat(TestNode.status(node.request("com.microsoft:peek-message", peek))).isEqualTo(200);
	}

	@Test
	void responseIsSwallowedOrLate() {
		this.client.send("orders", "1");
		TestNode node = this.client.attachNode("orders/$management");
		Map<String, Object> peek = Map.of("from-sequence-number", 0L, "message-count", 1);
		this.faults.onRequest("orders").swallowAnswer();
		this.faults.onRequest("orders").nth(2).delayAnswer(Duration.ofSeconds(5));

		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> node.request("com.microsoft:peek-message", peek));
		}
		assertThat(node.replies.deliveries).isEmpty();
		this.bench.emulator.clock().advance(Duration.ofSeconds(5));
		this.bench.run();

		assertThat(node.replies.ids()).hasSize(1);
		assertThat(node.replies.lastMessage().properties().correlationId()).isEqualTo("request-2");
	}

	@Test
	void tokensAreRefused() {
		TestClient stranger = this.bench.connect(SaslCredentials.anonymous());
		String token = SasTokens.token("sb://localhost/", AccessControl.DEFAULT_RULE_NAME, AccessControl.DEFAULT_KEY,
				this.bench.network.time().clock().instant().plusSeconds(60));
		this.faults.onToken("orders").refuse(FaultError.unauthorized());

		assertThat(stranger.putToken("sb://localhost/other", token)).isEqualTo(202);
		assertThat(stranger.putToken("sb://localhost/orders", token)).isEqualTo(401);
		assertThat(stranger.putToken("sb://localhost/orders", token)).isEqualTo(202);
	}

	@Test
	void connectingFailsInEveryPhase() {
		this.faults.onConnect().dropConnection();
		assertThat(this.bench.connect().closed.kind()).isEqualTo(Kind.TRANSPORT);
		this.faults.onAuthenticate().refuse(FaultError.unauthorized());
		assertThat(this.bench.connect().closed.kind()).isEqualTo(Kind.AUTHENTICATION);
		this.faults.onOpen().refuse(FaultError.connectionForced());
		assertThat(this.bench.connect().closed.error().condition()).hasToString("amqp:connection:forced");
		assertThat(this.bench.connect().connection().isOpen()).isTrue();
	}

	@Test
	void nothingPassesThroughABlackHole() {
		TestSender sender = this.client.attachSender("orders");
		this.faults.blackHoleConnections();

		assertThat(sender.send(TestMessages.withId("1"))).isNull();
		assertThat(this.queue.messages()).isEmpty();
		this.bench.network.time().advance(Duration.ofSeconds(45));
		assertThat(this.client.closed).isNull();
		assertThat(this.bench.connect().connection().isOpen()).as("a new connection").isTrue();
		this.bench.network.time().advance(Duration.ofSeconds(60));
		assertThat(this.client.closed).as("after the client's idle timeout").isNotNull();
	}

	@Test
	void blackHoleEndsWithTheFaults() {
		this.faults.onSend("orders").blackHole();
		this.client.send("orders", "1");
		assertThat(this.client.closed).isNull();

		this.faults.clear();
		this.bench.run();

		assertThat(this.client.closed.kind()).isEqualTo(Kind.TRANSPORT);
	}

	@Test
	void connectionsAndLinksEndOnDemand() {
		TestReceiver receiver = this.client.attachReceiver("orders");
		TestReceiver spared = this.client.attachReceiver("other");
		this.faults.detachLinks("ORDERS", FaultError.detachForced());
		this.bench.run();
		assertThat(receiver.refusal().condition()).hasToString("amqp:link:detach-forced");
		assertThat(spared.link.isOpen()).isTrue();

		TestClient second = this.bench.connect();
		this.faults.closeConnections(FaultError.connectionForced());
		this.bench.run();
		assertThat(this.client.closed.error().condition()).hasToString("amqp:connection:forced");
		assertThat(second.closed.error().condition()).hasToString("amqp:connection:forced");

		TestClient third = this.bench.connect();
		this.faults.dropConnections();
		this.bench.run();
		assertThat(third.closed.kind()).isEqualTo(Kind.TRANSPORT);
	}

	@Test
	void whatHappenedIsLogged() {
		this.faults.onSend("orders").refuse(FaultError.serverBusy());
		this.faults.onAttach("nobody").refuse(FaultError.serverBusy());

		this.client.send("orders", "1", "2");

		assertThat(this.faults.log()).containsExactly(new FiredFault(this.bench.emulator.clock().instant(),
				FaultPoint.SEND, "orders", "", new FaultAction.Refuse(FaultError.serverBusy())));
		this.faults.clear();
		assertThat(this.faults.log()).hasSize(1);
	}

	@Test
	void endedSessionTakesItsLinksAndLeavesTheConnection() {
		TestSender sender = this.client.attachSender("orders");
		this.faults.onSend("orders").endSessions(FaultError.internalError());
		sender.send(TestMessages.withId("1"));

		assertThat(sender.end).isNotNull();
		assertThat(sender.end.error().condition()).hasToString("amqp:internal-error");
		assertThat(this.queue.messages()).isEmpty();
		assertThat(this.client.closed).isNull();
	}

	@Test
	void closedWindowLetsMessagesOutAndNoneIn() {
		TestSender sender = this.client.attachSender("orders");
		sender.send(TestMessages.withId("1"));
		this.faults.closeWindows();

		assertThat(sender.send(TestMessages.withId("2"))).isNull();
		TestReceiver receiver = this.client.attachReceiver("orders");
		receiver.credit(5);
		assertThat(receiver.ids()).containsExactly("1");
		assertThat(receiver.propose(receiver.last(), DeliveryState.Accepted.INSTANCE).settled()).isTrue();
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void forgottenLinksAreSilentAndOthersWork() {
		TestSender sender = this.client.attachSender("orders");
		TestReceiver receiver = this.client.attachReceiver("orders");
		receiver.credit(5);
		this.faults.forgetLinks("Orders");

		assertThat(sender.send(TestMessages.withId("1"))).isNull();
		assertThat(this.client.attachSender("orders").send(TestMessages.withId("2")))
			.isEqualTo(DeliveryState.Accepted.INSTANCE);
		assertThat(receiver.deliveries).isEmpty();
		assertThat(receiver.end).isNull();

		TestReceiver another = this.client.attachReceiver("orders");
		another.credit(5);
		assertThat(another.ids()).containsExactly("2");
		receiver.close();
		assertThat(receiver.end).isNotNull();
	}

	@Test
	void countsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.faults.onSend("orders").next(0));
		assertThatIllegalArgumentException().isThrownBy(() -> this.faults.onSend("orders").every(0));
		assertThatIllegalArgumentException().isThrownBy(() -> this.faults.onSend("orders").nth(0));
	}

	private static String condition(DeliveryState state) {
		return (state instanceof DeliveryState.Rejected rejected) ? rejected.error().condition().toString() : null;
	}

}
