package dev.servicebus.template;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.messaging.converter.MessageConversionException;
import tools.jackson.databind.json.JsonMapper;

import dev.servicebus.client.MessageNotFoundException;
import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.SessionCannotBeLockedException;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.client.amqp.ServiceBusClient;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.converter.JsonPayloads;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.message.ServiceBusReceivedMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What the template does to real entities.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TemplateEndToEndTests {

	private static final Duration WAIT = Duration.ofSeconds(10);

	private static final Duration NO_WAIT = Duration.ofMillis(100);

	private final ServiceBusEmulator emulator = ServiceBusEmulator.builder()
		.queue("orders")
		.queue("carts", EntityOptions.builder().requiresSession(true).build())
		.build()
		.start();

	private final ServiceBusClient client = ServiceBusClient.builder()
		.connectionString(this.emulator.connectionString())
		.build();

	private final ServiceBusTemplate template = new ServiceBusTemplate(this.client,
			ServiceBusMessageConverter.of(JsonPayloads.converter(JsonMapper.builder().build())),
			TemplateOptions.builder().timeout(WAIT).build());

	@AfterEach
	void close() {
		this.template.close();
		this.client.close();
		this.emulator.close();
	}

	@Test
	void manyPayloadsGoInBatchesAndKeepTheirOrder() {
		List<Object> payloads = new ArrayList<>(
				IntStream.range(0, 30).mapToObj((number) -> new Order(number, "x".repeat(50_000))).toList());
		SendAllResult result = this.template.sendAll("orders", payloads);
		assertThat(result.isComplete()).isTrue();
		assertThat(result.entries()).extracting(SendAllResult.Entry::payload).isEqualTo(payloads);
		result.orThrow();
		List<Order> received = new ArrayList<>();
		while (received.size() < payloads.size()) {
			received.addAll(this.template.receiveMany("orders", Order.class, 100, WAIT));
		}
		assertThat(received).isEqualTo(payloads);
	}

	@Test
	void payloadThatIsTooLargeFailsAlone() {
		Order large = new Order(2, "x".repeat(3_000_000));
		SendAllResult result = this.template.sendAll("orders", List.of(new Order(1, "a"), large, new Order(3, "c")));
		assertThat(result.isComplete()).isFalse();
		assertThat(result.failed()).singleElement().satisfies((entry) -> {
			assertThat(entry.payload()).isSameAs(large);
			assertThat(entry.failure()).isInstanceOf(MessageSizeExceededException.class);
		});
		assertThatExceptionOfType(MessageSizeExceededException.class).isThrownBy(result::orThrow);
		assertThat(this.template.receiveMany("orders", Order.class, 10, WAIT)).extracting(Order::number)
			.containsExactly(1, 3);
	}

	@Test
	void scheduledMessageIsMovedAndTakenBack() {
		OffsetDateTime time = OffsetDateTime.parse("2090-01-02T03:04:05Z");
		ScheduledMessage scheduled = this.template.to("orders").body("later").messageId("7").schedule(time);
		ScheduledMessage moved = this.template.move(scheduled, time.plusDays(1));
		assertThat(this.template.peek("orders", 10)).singleElement().satisfies((message) -> {
			assertThat(message.sequenceNumber()).isEqualTo(moved.sequenceNumber());
			assertThat(message.scheduledEnqueueTime()).isEqualTo(time.plusDays(1));
			assertThat(message.messageId()).isEqualTo("7");
			assertThat(message.bodyAsString()).isEqualTo("later");
		});
		this.template.cancel(moved);
		assertThat(this.template.peek("orders", 10)).isEmpty();
		assertThatExceptionOfType(MessageNotFoundException.class).isThrownBy(() -> this.template.cancel(moved));
		assertThatExceptionOfType(MessageNotFoundException.class)
			.isThrownBy(() -> this.template.move(moved, time.plusDays(2)));
		assertThat(this.template.peek("orders", 10)).isEmpty();
	}

	@Test
	void messageIsCompletedWhenItsHandlerReturns() {
		this.template.send("orders", new Order(1, "a"));
		assertThat(this.template.receive("orders", Order.class, WAIT, Order::number)).isEqualTo(1);
		assertThat(this.emulator.queue("orders").messages()).isEmpty();
		assertThat(this.template.receive("orders", Order.class, NO_WAIT, Order::number)).isNull();
	}

	@Test
	void messageIsAbandonedWhenItsHandlerThrows() {
		this.template.send("orders", new Order(1, "a"));
		assertThatIllegalStateException()
			.isThrownBy(() -> this.template.receive("orders", Order.class, WAIT, (order) -> {
				throw new IllegalStateException("not now");
			}));
		assertThat(this.template.receive("orders", ServiceBusReceivedMessage.class, WAIT).deliveryCount()).isEqualTo(1);
	}

	@Test
	void messagesThatCannotBeConvertedAreDeadLetteredAndLeftOut() {
		this.template.send("orders", new Order(1, "a"));
		this.template.send("orders", "{");
		this.template.send("orders", new Order(2, "b"));
		assertThat(this.template.receiveMany("orders", Order.class, 10, WAIT)).extracting(Order::number)
			.containsExactly(1, 2);
		assertThat(this.template.peek("orders/$DeadLetterQueue", 10)).singleElement()
			.satisfies((message) -> assertThat(message.deadLetterReason())
				.isEqualTo(MessageConversionException.class.getName()));
	}

	@Test
	void messagesThatWereSetAsideAreReceivedByTheirNumbers() {
		this.template.send("orders", new Order(1, "a"));
		try (ServiceBusReceiver receiver = this.client.receiver(ReceiverOptions.queue("orders"))) {
			ServiceBusReceivedMessage message = receiver.receive(1, WAIT).get(0);
			receiver.defer(message);
			assertThat(this.template.receiveMany("orders", Order.class, 1, NO_WAIT)).isEmpty();
			assertThat(this.template.receiveDeferred("orders", Order.class, List.of(message.sequenceNumber())))
				.containsExactly(new Order(1, "a"));
		}
		assertThat(this.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void stateOfASessionIsKeptAsWhatItIs() {
		assertThat(this.template.getSessionState("carts", "7", Order.class)).isNull();
		this.template.setSessionState("carts", "7", new Order(3, "c"));
		assertThat(this.template.getSessionState("carts", "7", Order.class)).isEqualTo(new Order(3, "c"));
		this.template.setSessionState("carts", "7", "as text");
		assertThat(this.template.getSessionState("carts", "7", String.class)).isEqualTo("as text");
		this.template.setSessionState("carts", "7", null);
		assertThat(this.template.getSessionState("carts", "7", Order.class)).isNull();
	}

	@Test
	void stateOfASessionInUseIsRefused() {
		try (SessionReceiver receiver = this.client.acceptSession(ReceiverOptions.queue("carts"), "7")) {
			assertThat(receiver.session().sessionId()).isEqualTo("7");
			assertThatExceptionOfType(SessionCannotBeLockedException.class)
				.isThrownBy(() -> this.template.setSessionState("carts", "7", "x"));
		}
	}

	record Order(int number, String text) {

	}

}
