package dev.servicebus.amqp.transport;

import java.util.List;

import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(60)
class ConnectTargetTests {

	private static final ProxyOptions PROXY = ProxyOptions.of("proxy.example", 3128).withCredentials("user", "CANARY");

	@Test
	void targetIsNamedWithItsWay() {
		ConnectTarget target = ConnectTarget.tls("broker.example", 443);
		assertThat(target).hasToString("broker.example:443");
		assertThat(target.overWebSocket(WebSocketEndpoint.SERVICE_BUS))
			.hasToString("broker.example:443 over WebSocket");
		assertThat(target.throughProxy(PROXY).overWebSocket(WebSocketEndpoint.SERVICE_BUS))
			.hasToString("broker.example:443 over WebSocket through the proxy proxy.example:3128");
	}

	@Test
	void failureTellsNoPassword() {
		ConnectTarget target = ConnectTarget.tls("broker.example", 5671).throughProxy(PROXY);
		assertThat(new ConnectFailedException(target, Reason.PROXY_AUTHENTICATION, null))
			.hasMessage("Cannot connect to broker.example:5671 through the proxy proxy.example:3128: "
					+ "the proxy does not accept the credentials");
	}

	@Test
	void proxyDoesNotChangeTheNameThatIsChecked() {
		assertThat(ConnectTarget.tls("broker.example", 443).throughProxy(PROXY).serverName())
			.isEqualTo("broker.example");
	}

	@Test
	void namesThatWouldBreakARequestAreRefused() {
		for (String name : List.of("", "a b", "a\r\nX: y", "a\tb")) {
			assertThatIllegalArgumentException().isThrownBy(() -> ConnectTarget.plain(name, 5672))
				.withMessageContaining("host");
		}
	}

	@Test
	void proxyThatCannotWorkIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> ProxyOptions.of("proxy.example", 0))
			.withMessageContaining("0");
		assertThatIllegalArgumentException().isThrownBy(() -> new ProxyOptions("proxy.example", 3128, "user", null))
			.withMessageContaining("both");
		assertThatIllegalArgumentException().isThrownBy(() -> PROXY.withCredentials("a:b", "c"))
			.withMessageContaining("colon");
	}

	@Test
	void pathOfAWebSocketIsNothingButAPath() {
		for (String path : List.of("websocket", "/websocket?x=y", "//elsewhere/websocket")) {
			assertThatIllegalArgumentException().isThrownBy(() -> new WebSocketEndpoint(path, "amqp"))
				.withMessageContaining(path);
		}
	}

}
