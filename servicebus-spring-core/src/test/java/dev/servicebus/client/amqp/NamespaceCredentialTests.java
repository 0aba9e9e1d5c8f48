package dev.servicebus.client.amqp;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.auth.SharedKeyCredential;
import dev.servicebus.client.auth.TokenCredentialProvider;
import dev.servicebus.client.auth.TokenProvider;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.auth.JwtTrust;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A namespace and a credential instead of a connection string, over TLS.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NamespaceCredentialTests {

	private static final byte[] SECRET = "CANARY-secret-of-at-least-32-bytes!".getBytes(StandardCharsets.UTF_8);

	private static final OffsetDateTime EXPIRY = OffsetDateTime.now(ZoneOffset.UTC).plusHours(1);

	private static ServiceBusEmulator emulator;

	@BeforeAll
	static void start() {
		emulator = ServiceBusEmulator.builder()
			.queue("orders")
			.queue("slow")
			.jwt(JwtTrust.hmac(SECRET))
			.build()
			.start();
	}

	@AfterAll
	static void stop() {
		emulator.close();
	}

	@Test
	void keyOpensTheNamespace() {
		assertRoundTrip(new SharedKeyCredential("RootManageSharedAccessKey", "SAS_KEY_VALUE"));
	}

	@Test
	void tokenOfADirectoryOpensTheNamespace() {
		List<String> scopes = new CopyOnWriteArrayList<>();
		TokenCredential credential = (request) -> {
			scopes.addAll(request.getScopes());
			return Mono.fromCallable(() -> new AccessToken(jwt(SECRET), EXPIRY));
		};
		assertRoundTrip(new TokenCredentialProvider(credential));
		assertThat(scopes).isNotEmpty().containsOnly("https://servicebus.azure.net/.default");
	}

	@Test
	void tokenOfAStrangerIsRefusedAndNotShown() throws GeneralSecurityException {
		String token = jwt("CANARY-another-secret-of-32-bytes!!!".getBytes(StandardCharsets.UTF_8));
		TokenCredential stranger = (request) -> Mono.just(new AccessToken(token, EXPIRY));
		assertThatExceptionOfType(ServiceBusAuthenticationException.class)
			.isThrownBy(() -> assertRoundTrip(new TokenCredentialProvider(stranger)))
			.satisfies((failure) -> assertThat(failure.toString()).doesNotContain(token.substring(0, 20)));
	}

	@Test
	void credentialThatKeepsItsThreadKeepsNoOtherOperationWaiting() throws Exception {
		CountDownLatch latch = new CountDownLatch(1);
		TokenProvider good = new SharedKeyCredential("RootManageSharedAccessKey", "SAS_KEY_VALUE");
		TokenProvider slow = (audience) -> {
			if (audience.endsWith("slow")) {
				await(latch);
			}
			return good.token(audience);
		};
		try (ServiceBusClient client = client(slow)) {
			client.sender("orders").send(ServiceBusMessage.of("first"));
			CompletableFuture<Void> waiting = client.sender("slow").sendAsync(ServiceBusMessage.of("a"));
			client.sender("orders").send(ServiceBusMessage.of("second"));
			assertThat(waiting).isNotDone();
			latch.countDown();
			waiting.get(30, TimeUnit.SECONDS);
			client.receiver(ReceiverOptions.queue("orders").withReceiveMode(ReceiveMode.RECEIVE_AND_DELETE)).receive(2);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ServiceBusClient client(TokenProvider credential) {
		return ServiceBusClient.builder()
			.fullyQualifiedNamespace("localhost")
			.credential(credential)
			.customEndpointAddress(URI.create("sb://localhost:" + emulator.port()))
			.sslContext(emulator.clientSslContext())
			.build();
	}

	private static void assertRoundTrip(TokenProvider credential) {
		try (ServiceBusClient client = client(credential);
				ServiceBusReceiver receiver = client.receiver(ReceiverOptions.queue("orders"))) {
			client.sender("orders").send(ServiceBusMessage.of("a"));
			List<ServiceBusReceivedMessage> received = receiver.receive(1);
			assertThat(received).singleElement().extracting(ServiceBusReceivedMessage::bodyAsString).isEqualTo("a");
			received.get(0).complete();
		}
	}

	private static String jwt(byte[] secret) throws GeneralSecurityException {
		String claims = "{\"aud\":\"https://servicebus.azure.net\",\"exp\":" + EXPIRY.toEpochSecond() + "}";
		String text = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
				+ base64(claims.getBytes(StandardCharsets.UTF_8));
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(secret, "HmacSHA256"));
		return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
	}

	private static String base64(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
