package dev.servicebus.emulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.servicebus.amqp.ConnectionOptions;
import dev.servicebus.amqp.endpoint.AmqpConnection;
import dev.servicebus.amqp.endpoint.ConnectionListener;
import dev.servicebus.amqp.engine.AmqpEngine;
import dev.servicebus.amqp.sasl.SaslCredentials;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.WebSocketEndpoint;
import dev.servicebus.amqp.transport.netty.NettyNetwork;
import dev.servicebus.amqp.transport.tls.ServerTls;
import dev.servicebus.emulator.auth.AccessControl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every protocol on each of the two ports.
 */
@Timeout(60)
class OnePortTests {

	private static ServiceBusEmulator emulator;

	private static NettyNetwork clients;

	@BeforeAll
	static void start() {
		emulator = ServiceBusEmulator.builder().queue("orders").httpPort(0).build().start();
		clients = NettyNetwork.builder().sslContext(emulator.clientSslContext()).build();
	}

	@AfterAll
	static void stop() {
		clients.close();
		emulator.close();
	}

	static Stream<ConnectTarget> amqpTargets() {
		return Stream.of(emulator.port(), emulator.httpPort())
			.flatMap((port) -> Stream.of(ConnectTarget.plain("localhost", port), ConnectTarget.tls("localhost", port),
					ConnectTarget.plain("127.0.0.1", port), ConnectTarget.tls("127.0.0.1", port)))
			.flatMap((target) -> Stream.of(target, target.overWebSocket(WebSocketEndpoint.SERVICE_BUS)));
	}

	static Stream<String> httpTargets() {
		return Stream.of(emulator.port(), emulator.httpPort())
			.flatMap((port) -> Stream.of("http://localhost:" + port, "https://localhost:" + port));
	}

	@ParameterizedTest
	@MethodSource("amqpTargets")
	void amqpIsSpokenPlainAndOverWebSocketWithAndWithoutTls(ConnectTarget target) throws Exception {
		Opening opening = new Opening();
		AmqpConnection connection = AmqpEngine.connect(clients, clients.nextLoop(), target, Duration.ofSeconds(10),
				ConnectionOptions.of("test"),
				SaslCredentials.plain(AccessControl.DEFAULT_RULE_NAME, AccessControl.DEFAULT_KEY), opening);

		assertThat(opening.opened.get(10, TimeUnit.SECONDS)).isEqualTo("servicebus-emulator");
		connection.execute(() -> connection.close(null));
		assertThat(opening.closed.get(10, TimeUnit.SECONDS)).isEqualTo(ConnectionListener.CloseReason.Kind.LOCAL);
	}

	@ParameterizedTest
	@MethodSource("httpTargets")
	void httpIsSpokenWithAndWithoutTls(String address) throws Exception {
		HttpClient client = HttpClient.newBuilder().sslContext(emulator.clientSslContext()).build();

		HttpResponse<String> health = client.send(HttpRequest.newBuilder(URI.create(address + "/health")).build(),
				HttpResponse.BodyHandlers.ofString());

		assertThat(health.statusCode()).isEqualTo(200);
		assertThat(health.body()).contains("healthy");
	}

	@Test
	void ownCertificateIsShown() throws Exception {
		ServerTls own = ServerTls.selfSigned("broker.example");
		try (ServiceBusEmulator other = ServiceBusEmulator.builder().tls(own).build().start()) {
			assertThat(other.certificatePem()).isEqualTo(own.certificatePem())
				.isNotEqualTo(emulator.certificatePem())
				.startsWith("-----BEGIN CERTIFICATE-----");
			HttpClient client = HttpClient.newBuilder().sslContext(own.clientContext()).build();
			assertThat(client
				.send(HttpRequest.newBuilder(URI.create("https://localhost:" + other.httpPort() + "/health")).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode()).isEqualTo(200);
		}
	}

	private static final class Opening implements ConnectionListener {

		private final CompletableFuture<String> opened = new CompletableFuture<>();

		private final CompletableFuture<CloseReason.Kind> closed = new CompletableFuture<>();

		@Override
		public void onOpened(AmqpConnection connection) {
			this.opened.complete(connection.peer().containerId());
		}

		@Override
		public void onClosed(AmqpConnection connection, CloseReason reason) {
			this.opened.completeExceptionally(new AssertionError("Closed: " + reason));
			this.closed.complete(reason.kind());
		}

	}

}
