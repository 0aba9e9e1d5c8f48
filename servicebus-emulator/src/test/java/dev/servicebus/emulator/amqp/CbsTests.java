package dev.servicebus.emulator.amqp;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.ReceiverSettleMode;
import dev.servicebus.amqp.SenderSettleMode;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.amqp.type.UnsignedLong;
import dev.servicebus.emulator.auth.AuthorizationRule;
import dev.servicebus.emulator.auth.Right;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CbsTests {

	private static final AuthorizationRule ALL = AuthorizationRule.allRights("all", "all-key");

	private static final AuthorizationRule LISTEN = new AuthorizationRule("listen", "listen-key", null,
			EnumSet.of(Right.LISTEN));

	private final TestBench bench = new TestBench(
			(builder) -> builder.queue("Orders").queue("other").rule(ALL).rule(LISTEN));

	private final TestClient client = this.bench.connect(SaslCredentials.anonymous());

	@ParameterizedTest
	@ValueSource(strings = { "amqp://localhost/orders", "sb://localhost:5672/Orders", "amqps://localhost:5672/ORDERS",
			"sb://host/orders/", "sb%3A%2F%2Flocalhost%2Forders" })
	void tokenOpensTheEntityOfItsAudienceAndNoOther(String audience) {
		assertThat(this.client.putToken(audience, token("sb://localhost/orders"))).isEqualTo(202);
		assertThat(this.client.attachSender("orders").link.isOpen()).isTrue();
		assertThat(this.client.attachReceiver("orders/$DeadLetterQueue").link.isOpen()).isTrue();
		assertThat(this.client.attachSender("other").refusal().condition()).hasToString("amqp:unauthorized-access");
	}

	@Test
	void tokenOfTheNamespaceIsGoodForEveryAudience() {
		assertThat(this.client.putToken("sb://localhost/other", token("https://localhost/"))).isEqualTo(202);
		assertThat(this.client.attachSender("other").link.isOpen()).isTrue();
	}

	@Test
	void tokenForTheManagementNodeOpensOnlyThat() {
		assertThat(
				this.client.putToken("sb://localhost/orders/$management", token("sb://localhost/orders/$management")))
			.isEqualTo(202);
		assertThat(this.client.attachNode("orders/$management").requests.link.isOpen()).isTrue();
		assertThat(this.client.attachSender("orders").refusal()).isNotNull();
	}

	@Test
	void tokenForAMissingEntityIsRefusedAsNotFound() {
		assertThat(this.client.putToken("sb://localhost/nowhere", token("sb://localhost/"))).isEqualTo(404);
		assertThat(this.client.putToken("sb://localhost/nowhere/$management", token("sb://localhost/"))).isEqualTo(404);
		assertThat(this.client.putToken("sb://localhost/nowhere", token("sb://localhost/orders"))).isEqualTo(401);
		assertThat(this.client.putToken("sb://localhost/", token("sb://localhost/"))).isEqualTo(202);
		assertThat(this.client.attachSender("nowhere").refusal().condition()).hasToString("amqp:not-found");
	}

	@Test
	void rightsThatTheRuleLacksAreMissing() {
		String token = SasTokens.token("sb://localhost/orders", "listen", "listen-key", inOneHour());
		assertThat(this.client.putToken("sb://localhost/orders", token)).isEqualTo(202);
		assertThat(this.client.attachReceiver("orders").link.isOpen()).isTrue();
		assertThat(this.client.attachSender("orders").refusal().description()).contains("'Send' claim(s) are required");
	}

	@Test
	void refusedTokensGetTheirStatus() {
		String audience = "sb://localhost/orders";
		assertThat(this.client.putToken(audience, "nonsense")).isEqualTo(400);
		assertThat(this.client.putToken(audience, SasTokens.token(audience, "all", "wrong", inOneHour())))
			.isEqualTo(401);
		assertThat(this.client.putToken(audience, SasTokens.token(audience, "all", "all-key", now().minusSeconds(1))))
			.isEqualTo(401);
		assertThat(this.client.putToken(audience, token("sb://localhost/other"))).isEqualTo(401);
		assertThat(this.client.attachSender("orders").refusal()).isNotNull();
	}

	@Test
	void responseReachesEveryKindOfClientAndCarriesBothSpellings() {
		TestNode node = this.client.attachNode("$cbs");
		Map<String, Object> properties = TestNode.properties("put-token",
				Map.of("name", "sb://localhost/orders", "type", "servicebus.windows.net:sastoken"));
		for (Object id : new Object[] { UnsignedLong.of(0), "text", new UUID(1, 2) }) {
			EncodedMessage response = node.request(id, null, properties, token("sb://localhost/orders"));
			assertThat(response.properties().correlationId()).isEqualTo(id);
			assertThat(response.applicationProperties()).containsEntry("status-code", 202)
				.containsEntry("statusCode", 202)
				.containsKeys("status-description", "statusDescription");
		}
	}

	@Test
	void replyToIsOpaqueAndFindsItsLinkAmongSeveral() {
		String odd = "$cbs$$cbs-reply-to-1";
		TestReceiver replies = this.client.attachReceiver(Attach.receiver("same-name", Terminus.Source.of("$cbs"),
				new Terminus.Target(odd), SenderSettleMode.SETTLED, ReceiverSettleMode.FIRST));
		replies.credit(10);
		TestNode other = this.client.attachNode("$cbs");
		TestSender requests = this.client
			.attachSender(Attach.sender("same-name", Terminus.Source.of("me"), new Terminus.Target("$cbs")));
		new TestNode(requests, replies, odd).request("put-token", Map.of("name", "sb://localhost/orders"),
				token("sb://localhost/orders"));
		assertThat(other.replies.deliveries).isEmpty();
	}

	@Test
	void linkNameCanStandForReplyTo() {
		TestReceiver replies = this.client.attachReceiver(Attach.receiver("cbs-name", Terminus.Source.of("$cbs"),
				new Terminus.Target(null), SenderSettleMode.MIXED, ReceiverSettleMode.FIRST));
		replies.credit(10);
		this.client.attachNode("$cbs");
		new TestNode(this.client.attachSender("$cbs"), replies, "cbs-name").request("put-token",
				Map.of("name", "sb://localhost/orders"), token("sb://localhost/orders"));
		assertThat(replies.deliveries).hasSize(1);
	}

	@Test
	void requestWithoutAnybodyToAnswerIsRejected() {
		TestSender requests = this.client.attachSender("$cbs");
		requests.send(TestMessages.withId("1"));
		assertThat(requests.outcomes).hasSize(1);
		assertThat(requests.outcomes.get(0)).isInstanceOf(DeliveryState.Rejected.class);
	}

	@Test
	void malformedRequestsAreAnswered() {
		TestNode node = this.client.attachNode("$cbs");
		assertThat(TestNode.status(node.request("put-token", token("sb://localhost/orders")))).isEqualTo(400);
		assertThat(TestNode.status(node.request("put-token", Map.of("name", "sb://localhost/orders"), 7)))
			.isEqualTo(400);
		assertThat(TestNode.status(node.request("delete-token", Map.of("name", "x"), "y"))).isEqualTo(501);
	}

	@Test
	void grantEndsWithItsToken() {
		String token = SasTokens.token("sb://localhost/orders", "all", "all-key", now().plusSeconds(60));
		assertThat(this.client.putToken("sb://localhost/orders", token)).isEqualTo(202);
		this.bench.network.time().shiftWallClock(Duration.ofSeconds(62));
		assertThat(this.client.attachSender("orders").refusal()).isNotNull();
	}

	@Test
	void tokenRunsOutWhenTheEmulatorsTimeIsMoved() {
		String audience = "sb://localhost/orders";
		this.client.putToken(audience, SasTokens.token(audience, "all", "all-key", now().plusSeconds(60)));
		TestReceiver receiver = this.client.attachReceiver("orders");
		this.bench.emulator.clock().advance(Duration.ofSeconds(60));
		this.bench.run();
		assertThat(receiver.link.isOpen()).isTrue();

		this.bench.emulator.clock().advance(Duration.ofMillis(1));
		this.bench.run();

		assertThat(receiver.refusal().condition()).hasToString("amqp:unauthorized-access");
		assertThat(this.client.attachSender("orders").refusal()).isNotNull();
	}

	@Test
	void tokenMadeByTheClientsClockIsGoodAfterTheEmulatorsTimeWasMoved() {
		this.bench.emulator.clock().advance(Duration.ofDays(30));
		String audience = "sb://localhost/orders";
		assertThat(this.client.putToken(audience, SasTokens.token(audience, "all", "all-key", now().plusSeconds(60))))
			.isEqualTo(202);
		TestSender sender = this.client.attachSender("orders");
		this.bench.network.time().advance(Duration.ofSeconds(59));
		assertThat(sender.link.isOpen()).isTrue();
		this.bench.network.time().advance(Duration.ofSeconds(2));
		assertThat(sender.refusal().condition()).hasToString("amqp:unauthorized-access");
	}

	@Test
	void linkEndsWithItsTokenUnlessAnotherOneCame() {
		String audience = "sb://localhost/orders";
		this.client.putToken(audience, SasTokens.token(audience, "all", "all-key", now().plusSeconds(60)));
		TestSender sender = this.client.attachSender("orders");
		TestReceiver receiver = this.client.attachReceiver("orders");
		this.bench.network.time().advance(Duration.ofSeconds(50));
		this.client.putToken(audience, SasTokens.token(audience, "all", "all-key", now().plusSeconds(60)));
		this.bench.network.time().advance(Duration.ofSeconds(50));
		assertThat(sender.link.isOpen()).isTrue();
		assertThat(receiver.link.isOpen()).isTrue();
		this.bench.network.time().advance(Duration.ofSeconds(15));
		assertThat(sender.refusal().condition()).hasToString("amqp:unauthorized-access");
		assertThat(receiver.refusal().condition()).hasToString("amqp:unauthorized-access");
		assertThat(this.client.connection().isOpen()).isTrue();
	}

	@Test
	void aThousandTokensAreKept() {
		TestNode node = this.client.attachNode("$cbs");
		String token = token("sb://localhost/");
		for (int i = 0; i < 1000; i++) {
			node.request("put-token", Map.of("name", "sb://host" + i + "/orders"), token);
		}
		assertThat(TestNode.status(node.request("put-token", Map.of("name", "sb://more/orders"), token)))
			.isEqualTo(403);
		assertThat(TestNode.status(node.request("put-token", Map.of("name", "sb://host0/orders"), token)))
			.isEqualTo(202);
	}

	private String token(String resource) {
		return SasTokens.token(resource, "all", "all-key", inOneHour());
	}

	private Instant inOneHour() {
		return now().plusSeconds(3600);
	}

	private Instant now() {
		return this.bench.network.time().clock().instant();
	}

}
