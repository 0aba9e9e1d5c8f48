package dev.servicebus.emulator.amqp;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.amqp.endpoint.ConnectionListener.CloseReason.Kind;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.emulator.auth.AuthorizationRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SaslTests {

	private static final AuthorizationRule RULE = AuthorizationRule.allRights("rule", "secret=");

	static Stream<SaslCredentials> mechanismsWithoutRights() {
		return Stream.of(SaslCredentials.anonymous(), SaslCredentials.mssbcbs(), SaslCredentials.external());
	}

	@ParameterizedTest
	@MethodSource("mechanismsWithoutRights")
	void connectionWithoutProofHasNoRights(SaslCredentials credentials) {
		TestClient client = TestBench.withQueue("orders").connect(credentials);
		assertThat(client.connection().isOpen()).isTrue();
		assertThat(client.attachSender("orders").refusal().condition()).hasToString("amqp:unauthorized-access");
		assertThat(client.attachSender("$cbs").link.isOpen()).isTrue();
	}

	@Test
	void plainGivesTheRightsOfTheRule() {
		TestBench bench = new TestBench((builder) -> builder.queue("orders").rule(RULE));
		TestClient client = bench.connect(SaslCredentials.plain("rule", "secret="));
		assertThat(client.attachSender("orders").link.isOpen()).isTrue();
		assertThat(client.attachReceiver("orders").link.isOpen()).isTrue();
	}

	@Test
	void plainWithAWrongKeyIsRefused() {
		TestBench bench = new TestBench((builder) -> builder.queue("orders").rule(RULE));
		for (SaslCredentials wrong : new SaslCredentials[] { SaslCredentials.plain("rule", "secret"),
				SaslCredentials.plain("other", "secret=") }) {
			TestClient client = bench.connect(wrong);
			assertThat(client.closed.kind()).isEqualTo(Kind.AUTHENTICATION);
		}
	}

	@Test
	void anonymousModeAsksForNothing() {
		TestBench bench = new TestBench((builder) -> builder.queue("orders").anonymous());
		TestClient client = bench.connect(SaslCredentials.anonymous());
		assertThat(client.attachSender("orders").link.isOpen()).isTrue();
		assertThat(client.putToken("sb://localhost/orders", "anything")).isEqualTo(202);
	}

}
