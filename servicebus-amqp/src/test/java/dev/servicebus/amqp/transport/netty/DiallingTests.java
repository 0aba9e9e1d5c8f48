package dev.servicebus.amqp.transport.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.UnaryOperator;

import dev.servicebus.amqp.transport.ConnectFailedException;
import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.ProxyOptions;
import dev.servicebus.amqp.transport.RecordingHandler;
import dev.servicebus.amqp.transport.WebSocketEndpoint;
import dev.servicebus.amqp.transport.WebSocketException;
import dev.servicebus.amqp.transport.http.HttpResponse;
import dev.servicebus.amqp.transport.tls.ServerTls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways through proxies and into WebSockets against peers whose every byte is
 * scripted. Whatever they send arrives in single bytes.
 */
@Timeout(60)
@ExtendWith(LeaksFail.class)
class DiallingTests {

	private static final ServerTls TLS = ServerTls.selfSigned("broker.example");

	private static final String ENDLESS_PAGE = "<p>no</p>".repeat(600);

	private final NettyNetwork network = NettyNetwork.builder().sslContext(TLS.clientContext()).build();

	private final RecordingHandler handler = new RecordingHandler();

	@AfterEach
	void close() {
		this.network.close();
		assertThat(this.handler.violations()).isEmpty();
	}

	@Test
	void webSocketIsAskedForInTheNameOfTheService() throws Exception {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> ScriptedServer.accepting(request, "AMQPWSB10") + "\u0082\u0002ok")) {
			connect(new ConnectTarget("127.0.0.1", server.port(), ConnectTarget.Security.PLAIN, "broker.example")
				.overWebSocket(WebSocketEndpoint.SERVICE_BUS));
			assertConnected();
			Awaitility.await().until(() -> this.handler.receivedCount() == 2);
			assertThat(server.request().join()).startsWith("GET /$servicebus/websocket HTTP/1.1\r\n")
				.containsIgnoringCase("\r\nhost: broker.example:" + server.port() + "\r\n")
				.containsIgnoringCase("\r\nsec-websocket-protocol: AMQPWSB10\r\n")
				.doesNotContainIgnoringCase("sec-websocket-extensions")
				.doesNotContainIgnoringCase("origin");
		}
	}

	@ParameterizedTest
	@CsvSource({ "200, UPGRADE_REFUSED", "401, UPGRADE_REFUSED", "404, UPGRADE_REFUSED", "302, UPGRADE_REFUSED",
			"500, UPGRADE_FAILED", "503, UPGRADE_FAILED" })
	void otherAnswerThan101IsATypedFailure(int status, Reason reason) throws Exception {
		assertUpgradeFails((request) -> answer(status), reason, "status " + status);
	}

	@Test
	void serverThatChoosesAnotherSubProtocolIsRefused() throws Exception {
		assertUpgradeFails((request) -> ScriptedServer.accepting(request, "mqtt"), Reason.UPGRADE_REFUSED,
				"sub-protocol");
	}

	@Test
	void serverThatDoesNotConfirmTheSubProtocolIsRefused() throws Exception {
		assertUpgradeFails((request) -> ScriptedServer.accepting(request, "x").replace("Sec-WebSocket-Protocol", "X"),
				Reason.UPGRADE_REFUSED, "sub-protocol");
	}

	@Test
	void serverThatDoesNotKnowTheKeyIsRefused() throws Exception {
		assertUpgradeFails((request) -> ScriptedServer.accepting(request, "AMQPWSB10").replace("Accept: ", "Accept: x"),
				Reason.UPGRADE_REFUSED, "key");
	}

	@Test
	void serverThatDoesNotAnswerTheKeyIsRefused() throws Exception {
		assertUpgradeFails(
				(request) -> ScriptedServer.accepting(request, "AMQPWSB10").replace("Sec-WebSocket-Accept", "X"),
				Reason.UPGRADE_REFUSED, "Accept");
	}

	@Test
	void endInsteadOfAnAnswerIsATypedFailure() throws Exception {
		try (ScriptedServer server = ScriptedServer.leaving((request) -> "HTTP/1.1 101 Swi")) {
			connect(webSocket(server.port()));
			assertFailure(Reason.UPGRADE_FAILED, "closed the connection");
		}
	}

	@Test
	void headersWithoutEndAreATypedFailure() throws Exception {
		assertUpgradeFails((request) -> "HTTP/1.1 101 Switching Protocols\r\nX: " + "x".repeat(9000),
				Reason.UPGRADE_FAILED, "HTTP");
	}

	@Test
	void answerInAnotherProtocolIsATypedFailure() throws Exception {
		assertUpgradeFails((request) -> "SSH-2.0-server\r\n\r\n", Reason.UPGRADE_FAILED, "HTTP");
	}

	@Test
	void textFrameOfTheServerIsATypedFailure() throws Exception {
		try (ScriptedServer server = new ScriptedServer(
				(request) -> ScriptedServer.accepting(request, "AMQPWSB10") + "\u0081\u0002ok")) {
			connect(webSocket(server.port()));
			Awaitility.await().until(this.handler::isClosed);
			assertThat(this.handler.cause()).isInstanceOf(WebSocketException.class).hasMessageContaining("text");
		}
	}

	@Test
	void frameAboveTheLimitIsATypedFailure() throws Exception {
		String length = "\0\0\0\0\0\u0010\0\1";
		try (ScriptedServer server = new ScriptedServer(
				(request) -> ScriptedServer.accepting(request, "AMQPWSB10") + "\u0082\u007f" + length)) {
			connect(webSocket(server.port()));
			Awaitility.await().until(this.handler::isClosed);
			assertThat(this.handler.cause()).isInstanceOf(WebSocketException.class)
				.hasMessageContaining(String.valueOf(WebSocketEndpoint.MAX_FRAME_BYTES));
		}
	}

	@Test
	void pingOfTheServerIsAnsweredAndItsCloseIsAnOrderlyEnd() throws Exception {
		try (ScriptedServer server = new ScriptedServer((request) -> ScriptedServer.accepting(request, "AMQPWSB10")
				+ "\u0089\u0001p\u0082\u0001x\u0088\u0002\u0003\u00e8")) {
			connect(webSocket(server.port()));
			Awaitility.await().until(this.handler::isClosed);
			assertThat(this.handler.cause()).isNull();
			assertThat(this.handler.received()).containsExactly('x');
			byte[] sent = server.rest().join();
			assertThat(sent).hasSize(7 + 8);
			assertThat(sent[0]).as("pong").isEqualTo((byte) 0x8a);
			assertThat(sent[1]).as("masked, one byte").isEqualTo((byte) 0x81);
			assertThat(sent[7]).as("close").isEqualTo((byte) 0x88);
		}
	}

	@Test
	void proxyIsAskedForTheServiceWithCredentials() throws Exception {
		try (ScriptedServer proxy = new ScriptedServer((request) -> "HTTP/1.0 200 OK\r\nVia: x\r\n\r\n")) {
			connect(ConnectTarget.plain("service.invalid", 5671)
				.throughProxy(ProxyOptions.of("127.0.0.1", proxy.port()).withCredentials("Aladdin", "open sesame")));
			assertConnected();
			assertThat(proxy.request().join()).startsWith("CONNECT service.invalid:5671 HTTP/1.1\r\n")
				.containsIgnoringCase("\r\nhost: service.invalid:5671\r\n")
				.containsIgnoringCase("\r\nproxy-authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n");
			this.handler.channel().loop().execute(() -> {
				this.handler.channel().write(ByteBuffer.wrap(new byte[] { 1, 2, 3 }));
				this.handler.channel().close();
			});
			assertThat(proxy.rest().join()).containsExactly(1, 2, 3);
		}
	}

	@Test
	void proxyWithoutCredentialsIsSentNone() throws Exception {
		try (ScriptedServer proxy = new ScriptedServer((request) -> "HTTP/1.1 200 OK\r\n\r\n")) {
			connect(ConnectTarget.plain("::1", 5671).throughProxy(ProxyOptions.of("127.0.0.1", proxy.port())));
			assertConnected();
			assertThat(proxy.request().join()).startsWith("CONNECT [::1]:5671 HTTP/1.1\r\n")
				.doesNotContainIgnoringCase("authorization");
		}
	}

	@ParameterizedTest
	@CsvSource({ "407, PROXY_AUTHENTICATION", "403, PROXY_FORBIDDEN", "405, PROXY_FORBIDDEN", "500, PROXY_FAILED",
			"502, PROXY_FAILED", "504, PROXY_FAILED", "302, PROXY_FAILED" })
	void otherAnswerOfTheProxyThan200IsATypedFailure(int status, Reason reason) throws Exception {
		try (ScriptedServer proxy = new ScriptedServer((request) -> answer(status))) {
			connect(ConnectTarget.tls("service.invalid", 5671)
				.throughProxy(ProxyOptions.of("127.0.0.1", proxy.port()).withCredentials("user", "CANARY")));
			assertFailure(reason, "status " + status);
			assertThat(this.handler.cause()).hasMessageContaining("service.invalid:5671")
				.hasMessageContaining("127.0.0.1:" + proxy.port())
				.hasMessageNotContaining("CANARY");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 20", "SSH-2.0-server\r\n" })
	void answerThatIsNoneIsAFailureOfTheProxy(String answer) throws Exception {
		try (ScriptedServer proxy = ScriptedServer.leaving((request) -> answer)) {
			connect(ConnectTarget.plain("service.invalid", 5671)
				.throughProxy(ProxyOptions.of("127.0.0.1", proxy.port())));
			assertFailure(Reason.PROXY_FAILED, "it ");
		}
	}

	@Test
	void silentProxyUsesUpTheTimeLimit() throws Exception {
		try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
			connect(ConnectTarget.tls("service.invalid", 5671)
				.throughProxy(ProxyOptions.of("127.0.0.1", proxy.getLocalPort())), Duration.ofMillis(300));
			assertFailure(Reason.TIMEOUT, "through the proxy");
		}
	}

	@Test
	void silentServerUsesUpTheTimeLimitOfTheUpgrade() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
			connect(webSocket(server.getLocalPort()), Duration.ofMillis(300));
			assertFailure(Reason.TIMEOUT, "over WebSocket");
		}
	}

	@Test
	void proxyThatIsNotThereRefuses() throws Exception {
		int port;
		try (ServerSocket gone = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
			port = gone.getLocalPort();
		}
		connect(ConnectTarget.tls("service.invalid", 5671).throughProxy(ProxyOptions.of("127.0.0.1", port)));
		assertFailure(Reason.REFUSED, "127.0.0.1:" + port);
	}

	@Test
	void proxyWithoutAddressIsUnknown() {
		connect(ConnectTarget.tls("localhost", 5671).throughProxy(ProxyOptions.of("proxy.invalid", 3128)));
		assertFailure(Reason.UNKNOWN_HOST, "proxy.invalid");
	}

	@ParameterizedTest
	@CsvSource({ "broker.example, ", "other.example, UNTRUSTED", "127.0.0.1, " })
	void certificateBehindTheProxyMustCarryTheNameOfTheService(String serverName, Reason failure) throws Exception {
		var binding = new MultiProtocolServer(this.network, RecordingHandler::new, (request) -> HttpResponse.of(404),
				TLS)
			.bind(this.network.nextLoop(), "localhost", 0);
		try (ConnectProxy proxy = new ConnectProxy()) {
			connect(new ConnectTarget("127.0.0.1", binding.port(), ConnectTarget.Security.TLS, serverName)
				.overWebSocket(WebSocketEndpoint.SERVICE_BUS)
				.throughProxy(ProxyOptions.of("localhost", proxy.port())));
			if (failure == null) {
				assertConnected();
			}
			else {
				assertFailure(failure, "certificate");
			}
		}
	}

	private void assertUpgradeFails(UnaryOperator<String> script, Reason reason, String detail) throws IOException {
		try (ScriptedServer server = new ScriptedServer(script)) {
			connect(webSocket(server.port()));
			assertFailure(reason, detail);
		}
	}

	private void connect(ConnectTarget target) {
		connect(target, Duration.ofSeconds(20));
	}

	private void connect(ConnectTarget target, Duration limit) {
		this.network.connect(this.network.nextLoop(), target, limit, this.handler);
	}

	private static ConnectTarget webSocket(int port) {
		return ConnectTarget.plain("127.0.0.1", port).overWebSocket(WebSocketEndpoint.SERVICE_BUS);
	}

	private static String answer(int status) {
		return "HTTP/1.1 " + status
				+ " Some Text\r\nContent-Type: text/html\r\nProxy-Authenticate: Basic realm=x\r\n\r\n" + ENDLESS_PAGE;
	}

	private void assertConnected() {
		awaitEnd();
		assertThat(this.handler.cause()).isNull();
		assertThat(this.handler.isConnected()).isTrue();
	}

	private void assertFailure(Reason reason, String detail) {
		awaitEnd();
		assertThat(this.handler.cause())
			.isInstanceOfSatisfying(ConnectFailedException.class,
					(failure) -> assertThat(failure.reason()).as("%s", failure).isEqualTo(reason))
			.hasMessageContaining(detail);
		assertThat(this.handler.isConnected()).isFalse();
	}

	private void awaitEnd() {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.handler.isConnected() || this.handler.isClosed());
	}

}
