package dev.servicebus.samples.orders;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.servicebus.boot.autoconfigure.ServiceBusConnectionDetails;
import dev.servicebus.samples.orders.Order.Kind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole application over its real doors: HTTP, and AMQP as Microsoft's SDK speaks it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "orders.slow-duration=6s", "logging.level.com.azure=warn" })
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OrdersApplicationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final String id = UUID.randomUUID().toString();

	@LocalServerPort
	private int port;

	@Autowired
	private ServiceBusConnectionDetails connection;

	@Test
	void orderIsHandled() {
		int before = handled(Kind.STANDARD);
		assertThat(post(json(Kind.STANDARD))).isEqualTo(HttpStatus.ACCEPTED);
		await(() -> handled(Kind.STANDARD) == before + 1);
	}

	@Test
	void slowOrderIsHandledOnceAndOutlivesItsLock() {
		OrderCounts.Snapshot before = counts();
		assertThat(post(json(Kind.SLOW))).isEqualTo(HttpStatus.ACCEPTED);
		await(() -> handled(Kind.SLOW) == before.handled().getOrDefault(Kind.SLOW, 0) + 1);
		assertThat(counts().renewedLocks()).isEqualTo(before.renewedLocks() + 1);
		assertThat(deadLetters()).noneMatch((letter) -> this.id.equals(letter.id()));
	}

	@Test
	void brokenOrderIsTriedThreeTimesAndDeadLetteredWithItsReason() {
		int before = counts().failedAttempts();
		assertThat(post(json(Kind.BROKEN))).isEqualTo(HttpStatus.ACCEPTED);
		DeadLetter letter = awaitDeadLetter((candidate) -> this.id.equals(candidate.id()));
		assertThat(letter.reason()).isEqualTo(IllegalStateException.class.getName());
		assertThat(letter.description()).isEqualTo("Order " + this.id + " cannot be packed");
		assertThat(counts().failedAttempts()).isEqualTo(before + 3);
	}

	@Test
	void messageThatIsNoOrderIsDeadLetteredWithItsReason() {
		sendWithMicrosoftsSdk("{\"id\":\"" + this.id + "\",\"kind\":\"NONE\"}");
		DeadLetter letter = awaitDeadLetter((candidate) -> candidate.body().contains(this.id));
		assertThat(letter.reason()).contains("MessageConversionException");
		assertThat(letter.description()).contains("Order");
	}

	@Test
	void requestThatIsNoOrderIsRefused() {
		assertThat(post("{\"id\":\"" + this.id + "\",\"kind\":\"STANDARD\",\"quantity\":0}"))
			.isEqualTo(HttpStatus.BAD_REQUEST);
	}

	@Test
	void microsoftsSdkSendsAnOrderAndReceivesWhatTheTemplateSent() {
		int before = handled(Kind.STANDARD);
		sendWithMicrosoftsSdk(json(Kind.STANDARD));
		await(() -> handled(Kind.STANDARD) == before + 1);
		assertThat(receiveWithMicrosoftsSdk((body) -> body.contains(this.id)))
			.isEqualTo("{\"orderId\":\"" + this.id + "\",\"status\":\"HANDLED\"}");
	}

	@Test
	void pageIsServed() {
		assertThat(http().get().uri("/").retrieve().body(String.class)).contains("<h1>Orders</h1>");
	}

	private void sendWithMicrosoftsSdk(String body) {
		try (ServiceBusSenderClient sender = microsoftsSdk().sender().queueName("orders").buildClient()) {
			sender.sendMessage(new ServiceBusMessage(body));
		}
	}

	private String receiveWithMicrosoftsSdk(Predicate<String> wanted) {
		try (ServiceBusReceiverClient receiver = microsoftsSdk().receiver()
			.queueName("order-events")
			.disableAutoComplete()
			.buildClient()) {
			return Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> receiver.receiveMessages(1, Duration.ofSeconds(5)).stream().map((message) -> {
					receiver.complete(message);
					return message.getBody().toString();
				}).filter(wanted).findFirst().orElse(""), (body) -> !body.isEmpty());
		}
	}

	private ServiceBusClientBuilder microsoftsSdk() {
		return new ServiceBusClientBuilder().connectionString(this.connection.connectionString());
	}

	private String json(Kind kind) {
		return "{\"id\":\"" + this.id + "\",\"kind\":\"" + kind + "\",\"item\":\"book\",\"quantity\":1}";
	}

	private HttpStatusCode post(String body) {
		return http().post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange((request, response) -> response.getStatusCode());
	}

	private int handled(Kind kind) {
		return counts().handled().getOrDefault(kind, 0);
	}

	private OrderCounts.Snapshot counts() {
		return http().get().uri("/orders/counts").retrieve().body(OrderCounts.Snapshot.class);
	}

	private List<DeadLetter> deadLetters() {
		return http().get().uri("/orders/dead-letters").retrieve().body(new ParameterizedTypeReference<>() {
		});
	}

	private DeadLetter awaitDeadLetter(Predicate<DeadLetter> wanted) {
		await(() -> deadLetters().stream().anyMatch(wanted));
		return deadLetters().stream().filter(wanted).findFirst().orElseThrow();
	}

	private void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
	}

	private RestClient http() {
		return RestClient.create("http://localhost:" + this.port);
	}

}
