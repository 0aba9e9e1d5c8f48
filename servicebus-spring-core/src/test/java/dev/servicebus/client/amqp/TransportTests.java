package dev.servicebus.client.amqp;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.transport.ProxyOptions;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusCommunicationException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.TransportType;
import dev.servicebus.client.auth.ConnectionString;
import dev.servicebus.client.auth.SharedAccessSignatureCredential;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Every way to the broker, over sockets.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TransportTests {

	private static final String USER = "shop";

	private static final String PASSWORD = "CANARY-PASSWORD";

	private static ServiceBusEmulator emulator;

	private static TunnelProxy proxy;

	@BeforeAll
	static void start() throws IOException {
		emulator = ServiceBusEmulator.builder().queue("orders").build().start();
		String pair = USER + ':' + PASSWORD;
		proxy = new TunnelProxy(emulator.port(),
				"Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
	}

	@AfterAll
	static void stop() throws IOException {
		proxy.close();
		emulator.close();
	}

	@Test
	void amqpOverPlainTcpReachesTheEmulator() {
		assertRoundTrip(ServiceBusClient.builder().connectionString(emulator.connectionString()));
	}

	@Test
	void amqpOverTlsReachesTheBroker() {
		assertRoundTrip(secured());
	}

	@Test
	void amqpOverWebSocketReachesTheEmulator() {
		assertRoundTrip(ServiceBusClient.builder()
			.connectionString(emulator.connectionString())
			.transportType(TransportType.AMQP_WEB_SOCKETS));
	}

	@Test
	void amqpOverWebSocketAndTlsReachesTheBroker() {
		assertRoundTrip(secured().transportType(TransportType.AMQP_WEB_SOCKETS));
	}

	@Test
	void proxyIsAskedForATunnelWithItsCredentials() {
		assertRoundTrip(throughProxy(PASSWORD));
		assertThat(proxy.requests()).contains("CONNECT localhost:" + emulator.port() + " HTTP/1.1");
	}

	@Test
	void proxyThatRefusesTheCredentialsEndsAnOperationAtOnce() {
		assertThatExceptionOfType(ServiceBusCommunicationException.class)
			.isThrownBy(() -> assertRoundTrip(throughProxy("CANARY-WRONG")))
			.withMessageContaining("proxy does not accept the credentials")
			.satisfies((failure) -> assertThat(failure.isTransient()).isFalse())
			.satisfies((failure) -> assertThat(failure).hasStackTraceContaining("407"))
			.satisfies((failure) -> assertThat(failure.toString()).doesNotContain("CANARY"));
	}

	@Test
	void certificateThatIsNotTrustedEndsAnOperationAtOnce() {
		assertThatExceptionOfType(ServiceBusCommunicationException.class)
			.isThrownBy(() -> assertRoundTrip(ServiceBusClient.builder().connectionString(withTls("localhost"))))
			.withMessageContaining("certificate was not accepted")
			.satisfies((failure) -> assertThat(failure.isTransient()).isFalse());
	}

	@Test
	void certificateMustNameTheServiceAlsoBehindAProxy() {
		ServiceBusClientBuilder builder = throughProxy(PASSWORD)
			.connectionString("Endpoint=sb://contoso.example;" + key());
		assertThatExceptionOfType(ServiceBusCommunicationException.class).isThrownBy(() -> assertRoundTrip(builder))
			.withMessageContaining("certificate was not accepted")
			.withMessageContaining("contoso.example");
	}

	@Test
	void customEndpointIsDialledAndTheNamespaceIsNamed() {
		ServiceBusClientBuilder builder = ServiceBusClient.builder()
			.connectionString("Endpoint=sb://contoso.example;" + key())
			.customEndpointAddress(URI.create("https://localhost:" + emulator.port()))
			.sslContext(emulator.clientSslContext());

		assertRoundTrip(builder);
		assertRoundTrip(builder.transportType(TransportType.AMQP_WEB_SOCKETS));
	}

	@Test
	void readyMadeSignatureIsShownAsItIs() {
		String signature = signature();
		assertRoundTrip(ServiceBusClient.builder()
			.connectionString("Endpoint=sb://localhost:" + emulator.port() + ";SharedAccessSignature=" + signature)
			.sslContext(emulator.clientSslContext()));
	}

	@Test
	void readyMadeSignatureThatHasExpiredIsRefusedAndNotShown() {
		String expired = signature().replaceFirst("se=[0-9]+", "se=1");
		ServiceBusClientBuilder builder = ServiceBusClient.builder()
			.connectionString(emulator.connectionString())
			.credential(new SharedAccessSignatureCredential(expired));
		assertThatExceptionOfType(ServiceBusAuthenticationException.class).isThrownBy(() -> assertRoundTrip(builder))
			.satisfies((failure) -> assertThat(failure.toString()).doesNotContain("sig="));
	}

	private static String signature() {
		return ConnectionString.parse(emulator.connectionString())
			.tokenProvider(InstantSource.system())
			.token("amqp://localhost/orders")
			.toCompletableFuture()
			.join()
			.value();
	}

	private static ServiceBusClientBuilder secured() {
		return ServiceBusClient.builder()
			.connectionString(withTls("localhost"))
			.sslContext(emulator.clientSslContext());
	}

	private static ServiceBusClientBuilder throughProxy(String password) {
		return secured().transportType(TransportType.AMQP_WEB_SOCKETS)
			.proxy(ProxyOptions.of("localhost", proxy.port()).withCredentials(USER, password));
	}

	private static String withTls(String host) {
		return "Endpoint=sb://" + host + ":" + emulator.port() + ";" + key();
	}

	private static String key() {
		return "SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE";
	}

	private static void assertRoundTrip(ServiceBusClientBuilder builder) {
		try (ServiceBusClient client = builder.build();
				ServiceBusReceiver receiver = client.receiver(ReceiverOptions.queue("orders"))) {
			// More than one frame of AMQP, and of a WebSocket.
			client.sender("orders").send(ServiceBusMessage.of(new byte[200_000]));
			List<ServiceBusReceivedMessage> received = receiver.receive(1, Duration.ofSeconds(20));
			assertThat(received).singleElement()
				.satisfies((message) -> assertThat(message.bodyAsBytes()).hasSize(200_000));
			receiver.settle(received.get(0), new Disposition.Complete());
		}
	}

}
