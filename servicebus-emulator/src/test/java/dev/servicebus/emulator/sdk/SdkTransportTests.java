package dev.servicebus.emulator.sdk;

import java.security.NoSuchAlgorithmException;

import javax.net.ssl.SSLContext;

import com.azure.core.amqp.AmqpTransportType;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.servicebus.emulator.ServiceBusEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The ways in which Microsoft's SDK reaches a namespace in production: over TLS and over
 * WebSockets, with certificates checked. The SDK trusts what the JVM trusts.
 */
@Timeout(60)
class SdkTransportTests {

	private static ServiceBusEmulator emulator;

	private static SSLContext trustedBefore;

	@BeforeAll
	static void start() throws NoSuchAlgorithmException {
		emulator = ServiceBusEmulator.builder().queue("orders").build().start();
		trustedBefore = SSLContext.getDefault();
		SSLContext.setDefault(emulator.clientSslContext());
	}

	@AfterAll
	static void stop() {
		SSLContext.setDefault(trustedBefore);
		emulator.close();
	}

	@Test
	void tlsOnThePortOfTheConnectionString() {
		assertThat(roundTrip(builder(), "over TLS")).isEqualTo("over TLS");
	}

	@Test
	void tlsToACustomEndpoint() {
		ServiceBusClientBuilder builder = SdkNamespace
			.builder(
					productionConnectionString().replace("localhost:" + emulator.port(), "shop.servicebus.windows.net"))
			.customEndpointAddress("https://localhost:" + emulator.port());

		assertThat(roundTrip(builder, "to a custom endpoint")).isEqualTo("to a custom endpoint");
	}

	@Test
	void webSocketWithTls() {
		ServiceBusClientBuilder builder = builder().transportType(AmqpTransportType.AMQP_WEB_SOCKETS)
			.customEndpointAddress("https://localhost:" + emulator.port());

		assertThat(roundTrip(builder, "over WebSockets")).isEqualTo("over WebSockets");
	}

	@Test
	void messagesLargerThanAFramePassOverWebSockets() {
		ServiceBusClientBuilder builder = builder().transportType(AmqpTransportType.AMQP_WEB_SOCKETS)
			.customEndpointAddress("https://localhost:" + emulator.port());
		String body = "x".repeat(200_000);

		assertThat(roundTrip(builder, body)).isEqualTo(body);
	}

	private static ServiceBusClientBuilder builder() {
		return SdkNamespace.builder(productionConnectionString());
	}

	private static String productionConnectionString() {
		return emulator.connectionString().replace(";UseDevelopmentEmulator=true", "");
	}

	private static String roundTrip(ServiceBusClientBuilder builder, String body) {
		try (ServiceBusSenderClient sender = builder.sender().queueName("orders").buildClient();
				ServiceBusReceiverClient receiver = builder.receiver().queueName("orders").buildClient()) {
			sender.sendMessage(new ServiceBusMessage(body));
			ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
			receiver.complete(message);
			return message.getBody().toString();
		}
	}

}
