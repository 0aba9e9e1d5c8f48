package dev.servicebus.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.SendBufferFullException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.amqp.ServiceBusClientBuilder;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What the options of the client do.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClientPropertiesTests {

	private static final String KEY = ";SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE";

	private static final String EMULATOR = KEY + ";UseDevelopmentEmulator=true";

	private final CapturedBuilder captured = new CapturedBuilder();

	/** Connects to an emulator of its own unless a test says otherwise. */
	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceBusAutoConfiguration.class,
				ServiceBusEmulatorAutoConfiguration.class, SslAutoConfiguration.class))
		.withBean(ServiceBusClientBuilderCustomizer.class, () -> this.captured);

	@Test
	void tcpIsTheDefault() throws Exception {
		try (FirstRequest server = new FirstRequest()) {
			send(connectedTo("localhost:" + server.port() + EMULATOR), server);
			assertThat(server.await()).startsWith("AMQP");
		}
	}

	@Test
	void webSocketsAreSpokenIfTheTransportTypeSaysSo() throws Exception {
		try (FirstRequest server = new FirstRequest()) {
			send(connectedTo("localhost:" + server.port() + EMULATOR)
				.withPropertyValues("servicebus.transport-type=amqp-web-sockets"), server);
			assertThat(server.await()).startsWith("GET /$servicebus/websocket");
		}
	}

	@Test
	void proxyIsAskedForATunnelWithItsCredentials() throws Exception {
		try (FirstRequest proxy = new FirstRequest()) {
			send(connectedTo("contoso.example" + KEY).withPropertyValues("servicebus.transport-type=amqp-web-sockets",
					"servicebus.proxy.hostname=localhost", "servicebus.proxy.port=" + proxy.port(),
					"servicebus.proxy.username=shop", "servicebus.proxy.password=secret"), proxy);
			assertThat(proxy.await()).startsWith("CONNECT contoso.example:443")
				.contains(
						"Basic " + Base64.getEncoder().encodeToString("shop:secret".getBytes(StandardCharsets.UTF_8)));
		}
	}

	@Test
	void customEndpointIsDialled() throws Exception {
		try (FirstRequest gateway = new FirstRequest()) {
			send(connectedTo("contoso.example" + EMULATOR)
				.withPropertyValues("servicebus.custom-endpoint-address=amqp://localhost:" + gateway.port()), gateway);
			assertThat(gateway.await()).startsWith("AMQP");
		}
	}

	@Test
	void sslBundleSaysWhomToTrust() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().queue("orders").build().start()) {
			connectedTo("localhost:" + emulator.port() + KEY)
				.withPropertyValues("servicebus.ssl.bundle=gateway",
						"spring.ssl.bundle.pem.gateway.truststore.certificate=" + emulator.certificatePem())
				.run(ClientPropertiesTests::assertRoundTrip);
		}
	}

	@Test
	void sslBundleLimitsProtocolsAndCipherSuites() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().build().start()) {
			connectedTo("contoso.example" + KEY)
				.withPropertyValues("servicebus.ssl.bundle=gateway",
						"spring.ssl.bundle.pem.gateway.truststore.certificate=" + emulator.certificatePem(),
						"spring.ssl.bundle.pem.gateway.options.enabled-protocols=TLSv1.3",
						"spring.ssl.bundle.pem.gateway.options.ciphers=TLS_AES_128_GCM_SHA256")
				.run((context) -> assertThat(this.captured.builder)
					.hasFieldOrPropertyWithValue("sslParameters.protocols", new String[] { "TLSv1.3" })
					.hasFieldOrPropertyWithValue("sslParameters.cipherSuites",
							new String[] { "TLS_AES_128_GCM_SHA256" }));
		}
	}

	@Test
	void otherEntitiesAreRefusedIfTheCredentialIsForOne() {
		this.runner
			.withPropertyValues("servicebus.connection-string=Endpoint=sb://contoso.example" + KEY,
					"servicebus.entity-path=orders")
			.run((context) -> assertThatIllegalArgumentException()
				.isThrownBy(() -> context.getBean(ServiceBusTemplate.class).send("bills", "hello"))
				.withMessageContainingAll("orders", "bills"));
	}

	@Test
	void sendBufferHoldsAsMuchAsItsSizeSays() throws Exception {
		try (FirstRequest server = new FirstRequest()) {
			connectedTo("localhost:" + server.port() + EMULATOR)
				.withPropertyValues("servicebus.send-buffer-size=1KB", "servicebus.retry.try-timeout=2s")
				.run((context) -> {
					ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
					template.sendAsync("orders", "x".repeat(2000));
					assertThat(template.sendAsync("orders", "one more")).failsWithin(Duration.ofSeconds(1))
						.withThrowableOfType(ExecutionException.class)
						.withCauseInstanceOf(SendBufferFullException.class);
				});
		}
	}

	@Test
	void messagesGetIdsOfTheClientUnlessToldOtherwise() {
		String idOfTheClient = "[0-9a-f]{16}-[0-9a-z]+";
		this.runner.run((context) -> assertThat(idOfASentMessage(context)).matches(idOfTheClient));
		this.runner.withPropertyValues("servicebus.generate-message-ids=false")
			.run((context) -> assertThat(idOfASentMessage(context)).doesNotMatch(idOfTheClient));
	}

	@Test
	void connectTimeoutAndTransactionsReachTheClient() {
		this.runner.withPropertyValues("servicebus.connect-timeout=3s", "servicebus.cross-entity-transactions=true")
			.run((context) -> assertThat(this.captured.builder)
				.hasFieldOrPropertyWithValue("connectTimeout", Duration.ofSeconds(3))
				.extracting("transactionScope")
				.hasToString("SEVERAL_ENTITIES"));
	}

	@Test
	void propertiesOfTheWayDoNotHinderTheEmulator() {
		this.runner
			.withPropertyValues("servicebus.ssl.bundle=gateway", "servicebus.entity-path=bills",
					"servicebus.proxy.hostname=proxy.example", "servicebus.proxy.port=3128",
					"servicebus.custom-endpoint-address=https://gateway.example",
					"servicebus.transport-type=amqp-web-sockets")
			.run(ClientPropertiesTests::assertRoundTrip);
	}

	private ApplicationContextRunner connectedTo(String rest) {
		return this.runner.withPropertyValues("servicebus.connection-string=Endpoint=sb://" + rest);
	}

	/** What becomes of the message does not matter. */
	private static void send(ApplicationContextRunner runner, FirstRequest server) {
		runner.withPropertyValues("servicebus.retry.try-timeout=5s").run((context) -> {
			context.getBean(ServiceBusTemplate.class).sendAsync("orders", "hello");
			server.await();
		});
	}

	private static void assertRoundTrip(AssertableApplicationContext context) {
		ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
		template.send("orders", "hello");
		assertThat(template.receive("orders", String.class, Duration.ofSeconds(30))).isEqualTo("hello");
	}

	private static String idOfASentMessage(AssertableApplicationContext context) {
		context.getBean(MessagingClient.class).sender("orders").send(ServiceBusMessage.of("hello"));
		try (ServiceBusReceiver receiver = context.getBean(MessagingClient.class)
			.receiver(ReceiverOptions.queue("orders"))) {
			return receiver.receive(1, Duration.ofSeconds(30)).get(0).messageId();
		}
	}

	private static final class CapturedBuilder implements ServiceBusClientBuilderCustomizer {

		private ServiceBusClientBuilder builder;

		@Override
		public void customize(ServiceBusClientBuilder changed) {
			this.builder = changed;
		}

	}

}
