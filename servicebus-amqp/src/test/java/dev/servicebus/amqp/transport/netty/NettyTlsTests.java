package dev.servicebus.amqp.transport.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;

import dev.servicebus.amqp.transport.ConnectFailedException;
import dev.servicebus.amqp.transport.ConnectFailedException.Reason;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.ConnectTarget.Security;
import dev.servicebus.amqp.transport.RecordingHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * TLS against the JDK's own sockets as an independent peer.
 */
@Timeout(60)
class NettyTlsTests {

	private static TestCertificates certificates;

	private NettyNetwork network;

	@BeforeAll
	static void makeCertificate(@TempDir Path directory) throws Exception {
		certificates = TestCertificates.forNames(directory, "dns:localhost,dns:broker.example");
	}

	@AfterEach
	void close() {
		if (this.network != null) {
			this.network.close();
		}
	}

	@Test
	void bytesGoThroughTlsInBothDirections() throws Exception {
		try (SSLServerSocket server = listen(certificates.serverContext())) {
			CompletableFuture<Void> echo = echoOnce(server);
			RecordingHandler handler = connect(certificates.clientContext(), server.getLocalPort(), "localhost");
			awaitEnd(handler);
			byte[] sent = new byte[300_000];
			new Random(1).nextBytes(sent);
			handler.channel().loop().execute(() -> {
				handler.channel().write(ByteBuffer.wrap(sent));
				handler.channel().flush();
			});
			Awaitility.await().until(() -> handler.receivedCount() == sent.length);
			assertThat(handler.received()).isEqualTo(sent);
			handler.channel().loop().execute(() -> handler.channel().close());
			Awaitility.await().until(handler::isClosed);
			assertThat(handler.cause()).isNull();
			echo.join();
		}
	}

	@Test
	void serverNameMayDifferFromTheDialledHost() throws Exception {
		try (SSLServerSocket server = listen(certificates.serverContext())) {
			echoOnce(server);
			RecordingHandler handler = connect(certificates.clientContext(), server.getLocalPort(), "broker.example");
			awaitEnd(handler);
			assertThat(handler.isConnected()).isTrue();
		}
	}

	@Test
	void certificateForAnotherNameIsRefused() throws Exception {
		try (SSLServerSocket server = listen(certificates.serverContext())) {
			echoOnce(server);
			RecordingHandler handler = connect(certificates.clientContext(), server.getLocalPort(), "other.example");
			assertFailure(handler, Reason.UNTRUSTED);
		}
	}

	@Test
	void certificateThatIsNotTrustedIsRefusedByDefault() throws Exception {
		try (SSLServerSocket server = listen(certificates.serverContext())) {
			echoOnce(server);
			RecordingHandler handler = connect(null, server.getLocalPort(), "localhost");
			assertFailure(handler, Reason.UNTRUSTED);
		}
	}

	@Test
	void onlyVersionsFrom12OnAreOffered() throws Exception {
		SSLEngine engine = new ClientTls(certificates.clientContext(), null, Runnable::run)
			.newEngine(ConnectTarget.tls("localhost", 5671));
		assertThat(engine.getSupportedProtocols()).contains("TLSv1.1");
		assertThat(engine.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
	}

	@Test
	void protocolsAndCipherSuitesCanBeLimited() throws Exception {
		SSLParameters limits = new SSLParameters(new String[] { "TLS_AES_128_GCM_SHA256" },
				new String[] { "TLSv1.3", "TLSv1.1" });
		SSLEngine engine = new ClientTls(certificates.clientContext(), limits, Runnable::run)
			.newEngine(ConnectTarget.tls("localhost", 5671));
		assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3");
		assertThat(engine.getEnabledCipherSuites()).containsExactly("TLS_AES_128_GCM_SHA256");
	}

	@Test
	void limitsThatLeaveNoSafeProtocolAreRefused() throws Exception {
		SSLParameters limits = new SSLParameters(null, new String[] { "TLSv1.1" });
		ClientTls tls = new ClientTls(certificates.clientContext(), limits, Runnable::run);
		assertThatExceptionOfType(SSLException.class)
			.isThrownBy(() -> tls.newEngine(ConnectTarget.tls("localhost", 5671)))
			.withMessageContaining("TLSv1.2");
	}

	@Test
	void peerThatDoesNotSpeakTlsIsAFailedHandshake() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			onItsOwnThread(() -> {
				try (Socket socket = server.accept()) {
					socket.getOutputStream().write("AMQP\0\1\0\0 and nothing else".getBytes());
					socket.getInputStream().read();
				}
				catch (IOException ex) {
					// The client has left.
				}
			});
			RecordingHandler handler = connect(certificates.clientContext(), server.getLocalPort(), "localhost");
			assertFailure(handler, Reason.HANDSHAKE);
		}
	}

	@Test
	void silentPeerUsesUpTheTimeLimit() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			this.network = NettyNetwork.builder().sslContext(certificates.clientContext()).build();
			RecordingHandler handler = new RecordingHandler();
			this.network.connect(this.network.nextLoop(), target(server.getLocalPort(), "localhost"),
					Duration.ofMillis(500), handler);
			assertFailure(handler, Reason.TIMEOUT);
		}
	}

	private RecordingHandler connect(SSLContext context, int port, String serverName) {
		NettyNetwork.Builder builder = NettyNetwork.builder();
		this.network = ((context != null) ? builder.sslContext(context) : builder).build();
		RecordingHandler handler = new RecordingHandler();
		this.network.connect(this.network.nextLoop(), target(port, serverName), Duration.ofSeconds(20), handler);
		return handler;
	}

	private static ConnectTarget target(int port, String serverName) {
		return new ConnectTarget("127.0.0.1", port, Security.TLS, serverName);
	}

	private static void awaitEnd(RecordingHandler handler) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> handler.isConnected() || handler.isClosed());
	}

	private static void assertFailure(RecordingHandler handler, Reason reason) {
		awaitEnd(handler);
		assertThat(handler.isConnected()).isFalse();
		assertThat(handler.cause()).isInstanceOfSatisfying(ConnectFailedException.class,
				(failure) -> assertThat(failure.reason()).as("%s", failure).isEqualTo(reason));
		assertThat(handler.violations()).isEmpty();
	}

	private static SSLServerSocket listen(SSLContext context) throws IOException {
		return (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
	}

	/**
	 * The peers block, and the common pool may have a single thread.
	 */
	private static CompletableFuture<Void> onItsOwnThread(Runnable peer) {
		return CompletableFuture.runAsync(peer, (task) -> new Thread(task, "tls-peer").start());
	}

	private static CompletableFuture<Void> echoOnce(ServerSocket server) {
		return onItsOwnThread(() -> {
			try (Socket socket = server.accept()) {
				socket.getInputStream().transferTo(socket.getOutputStream());
			}
			catch (IOException ex) {
				// The client refused the certificate or is gone.
			}
		});
	}

}
