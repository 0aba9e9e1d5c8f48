package dev.servicebus.amqp.transport.netty;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSocket;

import dev.servicebus.amqp.transport.EchoHandler;
import dev.servicebus.amqp.transport.Network;
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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One port against the JDK's own sockets, HTTP client and WebSockets as independent
 * peers.
 */
@Timeout(60)
@ExtendWith(LeaksFail.class)
class MultiProtocolServerTests {

	private static final ServerTls TLS = ServerTls.selfSigned();

	private static final byte[] AMQP = "AMQP\3\1\0\0 and more".getBytes(StandardCharsets.US_ASCII);

	private static final String UPGRADE = """
			GET %s HTTP/1.1\r
			Host: localhost\r
			Upgrade: WebSocket\r
			cONNECTION: keep-alive, Upgrade\r
			sec-websocket-version: 13\r
			Sec-WebSocket-Extensions: permessage-deflate\r
			Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
			SEC-WEBSOCKET-PROTOCOL: other, AMQPWSB10\r
			\r
			""";

	private final NettyNetwork network = NettyNetwork.create();

	private final Queue<EchoHandler> handlers = new ConcurrentLinkedQueue<>();

	private final Network.Binding binding = bind(TLS);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.sslContext(TLS.clientContext())
		.build();

	@AfterEach
	void close() {
		this.network.close();
		assertThat(this.handlers).allSatisfy((handler) -> assertThat(handler.violations()).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void amqpIsServedHoweverItsBytesArrive(boolean tls) throws Exception {
		try (Socket socket = open(tls)) {
			socket.getOutputStream().write(AMQP);
			assertThat(socket.getInputStream().readNBytes(AMQP.length)).isEqualTo(AMQP);
		}
		Awaitility.await().until(() -> this.handlers.element().isClosed());
		assertThat(this.handlers.element().cause()).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void httpIsServedHoweverItsBytesArrive(boolean tls) throws Exception {
		try (Socket socket = open(tls)) {
			write(socket, "GET /$servicebus/websocket HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(ConnectProxy.readHead(socket.getInputStream())).startsWith("HTTP/1.1 200");
		}
	}

	@ParameterizedTest
	@CsvSource({ "/$servicebus/websocket, false", "/$servicebus/websocket/, true", "/%24servicebus/websocket, false",
			"/%24servicebus/websocket/?x=y, true", "https://localhost/$servicebus/websocket, true" })
	void webSocketIsServedHoweverItsBytesArrive(String path, boolean tls) throws Exception {
		try (Socket socket = open(tls)) {
			write(socket, UPGRADE.formatted(path));
			assertThat(ConnectProxy.readHead(socket.getInputStream())).startsWith("HTTP/1.1 101")
				.containsIgnoringCase("sec-websocket-protocol: AMQPWSB10\r\n")
				.containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
				.doesNotContainIgnoringCase("sec-websocket-extensions");
			// A binary frame of two bytes, masked with zeros.
			socket.getOutputStream().write(new byte[] { (byte) 0x82, (byte) 0x82, 0, 0, 0, 0, 42, 43 });
			assertThat(socket.getInputStream().readNBytes(4)).containsExactly(0x82, 2, 42, 43);
			// A close frame without a status.
			socket.getOutputStream().write(new byte[] { (byte) 0x88, (byte) 0x80, 0, 0, 0, 0 });
			byte[] last = socket.getInputStream().readAllBytes();
			assertThat(last[0]).as("close").isEqualTo((byte) 0x88);
			assertThat(ByteBuffer.wrap(last, 2, 2).getShort()).isEqualTo((short) 1000);
		}
		Awaitility.await().until(() -> this.handlers.element().isClosed());
		assertThat(this.handlers.element().cause()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "ws, AMQPWSB10", "wss, AMQPWSB10", "ws, amqp" })
	void webSocketClientOfTheJdkIsAtHome(String scheme, String subProtocol) throws Exception {
		Received received = new Received();
		WebSocket socket = upgrade(scheme, subProtocol, received);
		assertThat(socket.getSubprotocol()).isEqualTo(subProtocol);
		socket.sendBinary(ByteBuffer.wrap(new byte[] { 1, 2 }), false).get(5, TimeUnit.SECONDS);
		socket.sendPing(ByteBuffer.wrap(new byte[] { 9 })).get(5, TimeUnit.SECONDS);
		socket.sendBinary(ByteBuffer.wrap(new byte[] { 3 }), true).get(5, TimeUnit.SECONDS);
		assertThat(received.pong.get(5, TimeUnit.SECONDS)).isEqualTo(1);
		Awaitility.await().until(() -> received.bytes.position() == 3);
		assertThat(received.bytes.array()).startsWith(1, 2, 3);
		socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(5, TimeUnit.SECONDS);
		assertThat(received.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1000);
	}

	@Test
	void textFrameEndsTheChannelWithATypedFailure() throws Exception {
		Received received = new Received();
		upgrade("ws", "AMQPWSB10", received).sendText("hello", true);
		assertThat(received.closed.get(5, TimeUnit.SECONDS)).isEqualTo(1003);
		Awaitility.await().until(() -> this.handlers.element().isClosed());
		assertThat(this.handlers.element().cause()).isInstanceOf(WebSocketException.class);
	}

	@Test
	void otherSubProtocolIsRefused() {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> upgrade("ws", "mqtt", new Received()))
			.havingCause()
			.isInstanceOfSatisfying(WebSocketHandshakeException.class,
					(failure) -> assertThat(failure.getResponse().statusCode()).isEqualTo(400));
		assertThat(this.handlers).isEmpty();
	}

	@Test
	void upgradeElsewhereGoesToTheHttpHandler() throws Exception {
		try (Socket socket = open(false)) {
			write(socket, UPGRADE.formatted("/elsewhere"));
			assertThat(ConnectProxy.readHead(socket.getInputStream())).startsWith("HTTP/1.1 200");
		}
	}

	@ParameterizedTest
	@CsvSource({ "sec-websocket-version: 13, sec-websocket-version: 8, 426", "Sec-WebSocket-Key, X-Key, 400",
			"SEC-WEBSOCKET-PROTOCOL, X-Protocol, 400", "cONNECTION, X-Connection, 400" })
	void upgradeThatIsNoneIsRefused(String good, String bad, int status) throws Exception {
		try (Socket socket = open(false)) {
			write(socket, UPGRADE.formatted("/$servicebus/websocket").replace(good, bad));
			assertThat(ConnectProxy.readHead(socket.getInputStream())).startsWith("HTTP/1.1 " + status);
			socket.getInputStream().readAllBytes();
		}
	}

	@Test
	void otherVerbsAreServedOnOneConnectionAfterAnother() throws Exception {
		for (String scheme : new String[] { "http", "https" }) {
			for (String method : new String[] { "PUT", "DELETE", "POST" }) {
				HttpRequest request = HttpRequest
					.newBuilder(URI.create(scheme + "://localhost:" + this.binding.port() + "/queue"))
					.method(method, HttpRequest.BodyPublishers.ofString("body"))
					.timeout(Duration.ofSeconds(20))
					.build();
				var response = this.client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
				assertThat(response.body()).isEqualTo(method + " /queue body");
			}
		}
	}

	@Test
	void tlsClosesWhereItIsNotOffered() throws Exception {
		Network.Binding plain = bind(null);
		try (Socket socket = new Socket("localhost", plain.port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(new byte[] { 0x16, 3, 1 });
			assertThat(socket.getInputStream().read()).isEqualTo(-1);
		}
	}

	@Test
	void oldTlsIsRefused() throws Exception {
		try (SSLSocket socket = (SSLSocket) open(true)) {
			socket.setEnabledProtocols(new String[] { "TLSv1.1" });
			assertThatExceptionOfType(IOException.class).isThrownBy(socket::startHandshake);
		}
	}

	private Network.Binding bind(ServerTls tls) {
		return new MultiProtocolServer(this.network, () -> {
			EchoHandler handler = new EchoHandler();
			this.handlers.add(handler);
			return handler;
		}, (request) -> HttpResponse.text(200, request + " " + request.text()), tls).bind(this.network.nextLoop(),
				"localhost", 0);
	}

	private WebSocket upgrade(String scheme, String subProtocol, Received received) throws Exception {
		URI address = URI.create(scheme + "://localhost:" + this.binding.port() + "/$servicebus/websocket");
		return this.client.newWebSocketBuilder()
			.subprotocols(subProtocol)
			.buildAsync(address, received)
			.get(20, TimeUnit.SECONDS);
	}

	/** A socket that sends every byte on its own. */
	private Socket open(boolean tls) throws IOException {
		Socket dribbling = new DribblingSocket();
		dribbling.setTcpNoDelay(true);
		dribbling.connect(new InetSocketAddress("localhost", this.binding.port()));
		dribbling.setSoTimeout(10_000);
		if (!tls) {
			return dribbling;
		}
		return TLS.clientContext().getSocketFactory().createSocket(dribbling, "localhost", this.binding.port(), true);
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * Sends what is written byte by byte.
	 */
	private static final class DribblingSocket extends Socket {

		@Override
		public void connect(SocketAddress address) throws IOException {
			super.connect(address, 5000);
		}

		@Override
		public OutputStream getOutputStream() throws IOException {
			return new FilterOutputStream(super.getOutputStream());
		}

	}

	/**
	 * What the JDK's WebSocket has heard.
	 */
	private static final class Received implements WebSocket.Listener {

		private final ByteBuffer bytes = ByteBuffer.allocate(1000);

		private final CompletableFuture<Integer> pong = new CompletableFuture<>();

		private final CompletableFuture<Integer> closed = new CompletableFuture<>();

		@Override
		public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
			this.bytes.put(data);
			socket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
			this.pong.complete(message.remaining());
			socket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
			this.closed.complete(statusCode);
			return null;
		}

	}

}
