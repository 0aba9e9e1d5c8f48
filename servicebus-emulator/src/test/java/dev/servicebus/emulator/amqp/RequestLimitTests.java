package dev.servicebus.emulator.amqp;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.emulator.entity.EntityOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits of requests about sessions, messages and rules.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class RequestLimitTests {

	private static final Symbol ARGUMENT_ERROR = Symbol.of("com.microsoft:argument-error");

	private final TestBench bench = new TestBench((builder) -> builder.queue("plain")
		.queue("orders", EntityOptions.builder().requiresSession(true).build())
		.subscription("news", "all"));

	private final TestClient client = this.bench.connect();

	@Test
	void sessionIdHasAtMost128Characters() {
		assertThat(TestSessions.accept(this.client, "x".repeat(128)).link.isOpen()).isTrue();
		AmqpError refusal = TestSessions.accept(this.client, "x".repeat(129)).refusal();
		assertThat(refusal).isNotNull();
		assertThat(refusal.condition()).isEqualTo(ARGUMENT_ERROR);
	}

	@Test
	void stateOfASessionIsAsLargeAsAMessageAtMost() {
		TestSessions.accept(this.client, "a");
		assertThat(TestNode.status(setState(256 * 1024))).isEqualTo(200);
		EncodedMessage response = setState(256 * 1024 + 1);
		assertFailure(response, 403, "amqp:link:message-size-exceeded");
	}

	@Test
	void deadLetterDescriptionHasAtMost4096Characters() {
		this.client.send("plain", "1");
		TestReceiver receiver = this.client.attachReceiver("plain").credit(1);
		UUID token = (UUID) receiver.lastMessage().deliveryAnnotation(Symbol.of("x-opt-lock-token"));
		EncodedMessage response = this.client.attachNode("plain/$management")
			.request("com.microsoft:update-disposition", Map.of("lock-tokens", new UUID[] { token },
					"disposition-status", "suspended", "deadletter-description", "x".repeat(4097)));
		assertFailure(response, 400, ARGUMENT_ERROR.toString());
		assertThat(this.bench.emulator.queue("plain").deadLetters()).isEmpty();
	}

	@Test
	void ruleHasAtMost50CharactersInItsNameAnd1024InItsExpressions() {
		String longest = "a = '" + "x".repeat(1024 - 6) + "'";
		assertThat(TestNode.status(addRule("n".repeat(50), longest, null))).isEqualTo(200);
		assertFailure(addRule("n".repeat(51), "a = 1", null), 400, ARGUMENT_ERROR.toString());
		assertFailure(addRule("r", longest + " ", null), 400, ARGUMENT_ERROR.toString());
		assertFailure(addRule("r", "a = 1", "SET " + longest), 400, ARGUMENT_ERROR.toString());
		assertThat(TestNode.status(addRule("r", "a = 1", "SET b = 1;".repeat(32)))).isEqualTo(200);
		assertFailure(addRule("r2", "a = 1", "SET b = 1;".repeat(33)), 400, ARGUMENT_ERROR.toString());
	}

	private EncodedMessage setState(int size) {
		return this.client.attachNode("orders/$management")
			.request("com.microsoft:set-session-state", Map.of("session-id", "a", "session-state", new byte[size]));
	}

	private EncodedMessage addRule(String name, String filter, String action) {
		Map<String, Object> description = new HashMap<>(Map.of("sql-filter", Map.of("expression", filter)));
		if (action != null) {
			description.put("sql-rule-action", Map.of("expression", action));
		}
		return this.client.attachNode("news/Subscriptions/all/$management")
			.request("com.microsoft:add-rule", Map.of("rule-name", name, "rule-description", description));
	}

	private static void assertFailure(EncodedMessage response, int status, String condition) {
		assertThat(response.applicationProperties()).containsEntry("statusCode", status)
			.containsEntry("errorCondition", Symbol.of(condition));
	}

}
