package dev.servicebus.emulator.amqp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.type.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limits of single messages: what is at a limit passes, what is beyond it is rejected
 * and leaves the link as it is.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MessageLimitTests {

	private final TestBench bench = TestBench.withQueue("orders");

	private final TestClient client = this.bench.connect();

	private final TestSender sender = this.client.attachSender("orders");

	@Test
	void identifiersHaveAtMost128Characters() {
		String longest = "x".repeat(128);
		assertAccepted(properties((builder) -> builder.messageId(longest).groupId(longest).replyToGroupId(longest)));
		assertInvalid(properties((builder) -> builder.messageId(longest + "x")), "message id");
		assertInvalid(properties((builder) -> builder.groupId(longest + "x")), "session id");
		assertInvalid(properties((builder) -> builder.replyToGroupId(longest + "x")), "reply-to session id");
		assertAccepted(partitionKey(null, longest));
		assertInvalid(partitionKey(null, longest + "x"), "partition key");
	}

	@Test
	void partitionKeyMustNotContradictTheSession() {
		assertAccepted(partitionKey("s", "s"));
		assertInvalid(partitionKey("s", "p"), "both a session id and a partition key");
	}

	@Test
	void propertyHasAtMost32Kilobytes() {
		assertAccepted(applicationProperties(Map.of("k", "x".repeat(32 * 1024))));
		assertInvalid(applicationProperties(Map.of("k", "x".repeat(32 * 1024 + 1))), "'k'");
		assertInvalid(applicationProperties(Map.of("bytes", new byte[32 * 1024 + 1])), "'bytes'");
	}

	@Test
	void propertiesHaveAtMost64KilobytesTogether() {
		Map<String, Object> properties = new LinkedHashMap<>();
		for (int i = 0; i < 4; i++) {
			properties.put("k" + i, "x".repeat(16_000));
		}
		assertAccepted(applicationProperties(properties));
		properties.put("k4", "x".repeat(2_000));
		assertInvalid(applicationProperties(properties), "together");
	}

	@Test
	void bodyDoesNotCountAsAProperty() {
		assertAccepted(TestMessages.ofSize(200_000));
	}

	@Test
	void batchIsRejectedForOneOfItsMessages() {
		AmqpMessage bad = properties((builder) -> builder.messageId("x".repeat(129)));
		assertThat(this.sender.send(0x80013700, SendTests.batch(TestMessages.withId("1"), bad)))
			.isInstanceOf(DeliveryState.Rejected.class);
		assertThat(this.bench.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void scheduledMessagesHaveTheSameLimits() {
		AmqpMessage bad = properties((builder) -> builder.messageId("x".repeat(129)));
		EncodedMessage response = this.client.attachNode("orders/$management")
			.request("com.microsoft:schedule-message", Map.of("messages", List.of(Map.of("message", bad.encode()))));
		assertThat(response.applicationProperties()).containsEntry("statusCode", 400)
			.containsEntry("errorCondition", Symbol.of("com.microsoft:argument-error"));
	}

	private void assertAccepted(AmqpMessage message) {
		assertThat(this.sender.send(message)).isEqualTo(DeliveryState.Accepted.INSTANCE);
	}

	private void assertInvalid(AmqpMessage message, String what) {
		assertThat(this.sender.send(message)).isInstanceOfSatisfying(DeliveryState.Rejected.class, (rejected) -> {
			assertThat(rejected.error().condition()).isEqualTo(Symbol.of("com.microsoft:argument-error"));
			assertThat(rejected.error().description()).contains(what);
		});
		assertThat(this.sender.link.isOpen()).isTrue();
	}

	private static AmqpMessage properties(UnaryOperator<Properties.Builder> properties) {
		return AmqpMessage.builder()
			.properties(properties.apply(Properties.builder()).build())
			.data(new byte[1])
			.build();
	}

	private static AmqpMessage partitionKey(String sessionId, String partitionKey) {
		return AmqpMessage.builder()
			.messageAnnotations(Map.of(Symbol.of("x-opt-partition-key"), partitionKey))
			.properties(Properties.builder().groupId(sessionId).build())
			.data(new byte[1])
			.build();
	}

	private static AmqpMessage applicationProperties(Map<String, Object> properties) {
		return AmqpMessage.builder().applicationProperties(properties).data(new byte[1]).build();
	}

}
