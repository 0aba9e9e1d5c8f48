package dev.servicebus.client.amqp;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import dev.servicebus.amqp.simulation.SimulatedNetwork;
import dev.servicebus.amqp.transport.ConnectTarget;
import dev.servicebus.amqp.transport.ProxyOptions;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.InvalidSettingException;
import dev.servicebus.client.TransportType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ServiceBusClientBuilderTests {

	private static final String KEY = ";SharedAccessKeyName=name;SharedAccessKey=CANARY";

	private static final String EMULATOR = ";UseDevelopmentEmulator=true" + KEY;

	@ParameterizedTest
	@CsvSource({ "Endpoint=sb://a.example,AMQP,a.example,5671,TLS",
			"Endpoint=sb://a.example,AMQP_WEB_SOCKETS,a.example,443,TLS",
			"Endpoint=sb://a.example:6000,AMQP,a.example,6000,TLS",
			"Endpoint=sb://a.example:6000,AMQP_WEB_SOCKETS,a.example,6000,TLS",
			"Endpoint=sb://localhost;UseDevelopmentEmulator=true,AMQP,localhost,5672,PLAIN",
			"Endpoint=sb://localhost:6000;UseDevelopmentEmulator=true,AMQP_WEB_SOCKETS,localhost,6000,PLAIN",
			"Endpoint=sb://a.example;UseDevelopmentEmulator=false,AMQP,a.example,5671,TLS" })
	void connectionStringAndTransportDecideWhatIsDialled(String endpoint, TransportType type, String host, int port,
			ConnectTarget.Security security) {
		ConnectTarget target = builder(endpoint + KEY).transportType(type).endpoint().target();

		assertThat(target.host()).isEqualTo(host);
		assertThat(target.port()).isEqualTo(port);
		assertThat(target.security()).isEqualTo(security);
		assertThat(target.webSocket() != null).isEqualTo(type == TransportType.AMQP_WEB_SOCKETS);
	}

	@ParameterizedTest
	@CsvSource({ "https://gate.example,AMQP,5671", "https://gate.example,AMQP_WEB_SOCKETS,443",
			"wss://gate.example:8443/,AMQP_WEB_SOCKETS,8443", "sb://gate.example:7000,AMQP,7000" })
	void customEndpointReplacesTheHostThatIsDialled(URI address, TransportType type, int port) {
		EndpointSettings endpoint = builder("Endpoint=sb://a.example:9999" + KEY).customEndpointAddress(address)
			.transportType(type)
			.endpoint();

		assertThat(endpoint.host()).isEqualTo("a.example");
		assertThat(endpoint.target().host()).isEqualTo("gate.example");
		assertThat(endpoint.target().serverName()).isEqualTo("gate.example");
		assertThat(endpoint.target().port()).isEqualTo(port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gate.example:443", "ftp://gate.example", "https://gate.example/path",
			"https://CANARY@gate.example", "https:///", "https://gate.example?CANARY" })
	void customEndpointMustNameAHostAndNothingElse(URI address) {
		assertThatIllegalStateException()
			.isThrownBy(() -> builder("Endpoint=sb://a.example" + KEY).customEndpointAddress(address).build())
			.withMessageContaining("customEndpointAddress")
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("CANARY"));
	}

	@Test
	void customEndpointWithoutTlsNeedsTheFlagOfTheEmulator() {
		URI plain = URI.create("amqp://localhost:5672");
		assertThatIllegalStateException()
			.isThrownBy(() -> builder("Endpoint=sb://a.example" + KEY).customEndpointAddress(plain).build())
			.withMessageContaining("UseDevelopmentEmulator=true")
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("CANARY"));
		assertThat(builder("Endpoint=sb://a.example" + EMULATOR).customEndpointAddress(plain).endpoint().target())
			.isEqualTo(ConnectTarget.plain("localhost", 5672));
	}

	@Test
	void proxyIsForWebSockets() {
		ServiceBusClientBuilder builder = builder("Endpoint=sb://a.example" + KEY)
			.proxy(ProxyOptions.of("proxy.example", 3128).withCredentials("user", "CANARY"));
		assertThatIllegalStateException().isThrownBy(builder::build)
			.withMessage("proxy needs transportType AMQP_WEB_SOCKETS but it is AMQP");

		ConnectTarget target = builder.transportType(TransportType.AMQP_WEB_SOCKETS).endpoint().target();
		assertThat(target.proxy()).isNotNull();
		assertThat(target.toString()).contains("proxy.example:3128").doesNotContain("CANARY");
	}

	@Test
	void namespaceMustNotContradictTheConnectionString() {
		ServiceBusClientBuilder builder = builder("Endpoint=sb://a.example" + KEY);
		assertThatIllegalStateException().isThrownBy(builder.fullyQualifiedNamespace("b.example")::build)
			.withMessageContainingAll("fullyQualifiedNamespace 'b.example'", "Endpoint", "'a.example'")
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("CANARY"));
		assertThat(builder.fullyQualifiedNamespace("A.example").endpoint().host()).isEqualTo("a.example");
	}

	@ParameterizedTest
	@ValueSource(strings = { "sb://a.example", "a.example:5671", "a.example/", "", " ", "Endpoint=sb://a.example" })
	void namespaceIsAHostAlone(String namespace) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ServiceBusClient.builder().fullyQualifiedNamespace(namespace))
			.withMessageContaining("fullyQualifiedNamespace");
	}

	@Test
	void nothingToConnectToIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> ServiceBusClient.builder().build())
			.withMessageContaining("connection string");
		assertThatIllegalStateException()
			.isThrownBy(() -> ServiceBusClient.builder().fullyQualifiedNamespace("a.example").build())
			.withMessageContaining("credential")
			.withMessageContaining("a.example");
	}

	@Test
	void tlsSettingsAreRefusedWhereTheyWouldBeIgnored() throws NoSuchAlgorithmException {
		SSLContext context = SSLContext.getDefault();
		assertThatIllegalStateException()
			.isThrownBy(() -> builder("Endpoint=sb://localhost" + EMULATOR).sslContext(context).build())
			.withMessageContaining("sslContext")
			.withMessageContaining("UseDevelopmentEmulator");
		assertThatIllegalStateException()
			.isThrownBy(() -> builder("Endpoint=sb://a.example" + KEY).sslContext(context)
				.network(SimulatedNetwork.builder().build())
				.build())
			.withMessageContaining("sslContext")
			.withMessageContaining("network");
	}

	@Test
	void refusalNamesTheSettingToChange() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> builder("Endpoint=sb://localhost" + EMULATOR).sslParameters(new SSLParameters()).build())
			.satisfies((failure) -> assertThat(failure.setting()).isEqualTo("sslParameters"));
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> builder("Endpoint=sb://a.example" + KEY).proxy(ProxyOptions.of("b.example", 1)).build())
			.satisfies((failure) -> assertThat(failure.setting()).isEqualTo("proxy"));
	}

	@Test
	void entityPathMustNotContradictTheConnectionString() {
		assertThatIllegalStateException()
			.isThrownBy(() -> builder("Endpoint=sb://a.example;EntityPath=orders" + KEY).entityPath("bills").build())
			.withMessageContainingAll("entityPath 'bills'", "EntityPath", "'orders'");
	}

	@Test
	void credentialOfOneEntityIsNotUsedForOthers() {
		try (ServiceBusClient client = builder("Endpoint=sb://a.example;EntityPath=news" + KEY)
			.network(SimulatedNetwork.builder().build())
			.build()) {
			assertThat(client.sender("News").entityPath()).isEqualTo("News");
			client.receiver(ReceiverOptions.subscription("news", "audit")).close();
			assertThatIllegalArgumentException().isThrownBy(() -> client.sender("newspaper"))
				.withMessageContainingAll("EntityPath", "'news'", "'newspaper'");
			assertThatIllegalArgumentException().isThrownBy(() -> client.receiver(ReceiverOptions.queue("orders")));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> client.open(ReceiverOptions.queue("orders"), (message) -> {
				}));
			assertThatIllegalArgumentException().isThrownBy(() -> client.rules("orders", "audit"));
		}
	}

	private static ServiceBusClientBuilder builder(String connectionString) {
		return ServiceBusClient.builder().connectionString(connectionString);
	}

}
