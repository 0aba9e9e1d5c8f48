package dev.servicebus.boot.autoconfigure;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.ScheduledMessage;
import dev.servicebus.template.SendAllResult;
import dev.servicebus.template.SentMessage;
import dev.servicebus.template.ServiceBusOperations;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

/**
 * What an application sends and schedules with its template.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TemplateSendFeaturesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final OffsetDateTime TIME = OffsetDateTime.parse("2090-01-02T03:04:05Z");

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class));

	@Test
	void payloadIsSentWithoutAnEnvelope() {
		this.runner.run((context) -> {
			context.getBean(ServiceBusTemplate.class).send("orders", new Order("7", 2));
			assertThat(messages(context.getBean(ServiceBusEmulator.class), "orders")).singleElement()
				.satisfies((message) -> {
					assertThat(message.bodyAsString()).isEqualTo("{\"id\":\"7\",\"count\":2}");
					assertThat(message.contentType()).isEqualTo("application/json");
				});
		});
	}

	@Test
	void sendThatIsNotAnsweredEndsInTime() {
		this.runner.withPropertyValues("servicebus.template.timeout=300ms").run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.send("orders", "the link is there");
			context.getBean(ServiceBusEmulator.class).faults().onSend("orders").always().ignore();
			assertThatExceptionOfType(ServiceBusException.class).isThrownBy(() -> template.send("orders", "x"));
			assertThatExceptionOfType(ServiceBusException.class)
				.isThrownBy(() -> template.to("orders").body("x").timeout(Duration.ofMillis(100)).send());
			assertThat(template.sendAsync("orders", "x")).failsWithin(PATIENCE)
				.withThrowableThat()
				.withCauseInstanceOf(ServiceBusException.class);
		});
	}

	@Test
	void futureTellsWhatTheBrokerHas() {
		this.runner.run((context) -> {
			SentMessage sent = context.getBean(ServiceBusTemplate.class)
				.sendAsync("orders", "x")
				.get(30, TimeUnit.SECONDS);
			assertThat(messages(context.getBean(ServiceBusEmulator.class), "orders")).singleElement()
				.satisfies((message) -> assertThat(sent)
					.isEqualTo(new SentMessage("orders", String.valueOf(message.messageId()))));
		});
	}

	@Test
	void eachMessageMaySayMore() {
		this.runner.withPropertyValues("servicebus.template.default-destination=orders").run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.message()
				.body(new Order("7", 2))
				.messageId("m")
				.sessionId("s")
				.subject("created")
				.replyTo("answers")
				.timeToLive(Duration.ofHours(1))
				.header("region", "eu")
				.send();
			assertThat(template.peek("orders", 10)).singleElement().satisfies((message) -> {
				assertThat(message.messageId()).isEqualTo("m");
				assertThat(message.sessionId()).isEqualTo("s");
				assertThat(message.subject()).isEqualTo("created");
				assertThat(message.replyTo()).isEqualTo("answers");
				assertThat(message.timeToLive()).isEqualTo(Duration.ofHours(1));
				assertThat(message.applicationProperties()).containsEntry("region", "eu");
			});
		});
	}

	@Test
	void manyAreSentInBatchesAndEachHasAResult() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			String large = "x".repeat(150_000);
			String tooLarge = "x".repeat(3_000_000);
			SendAllResult result = template.sendAll("orders", List.of("a", large, large, tooLarge, "b"));
			assertThat(result.entries()).extracting(SendAllResult.Entry::isSent)
				.containsExactly(true, true, true, false, true);
			assertThat(result.failed()).singleElement()
				.satisfies((entry) -> assertThat(entry.failure()).isInstanceOf(MessageSizeExceededException.class));
			assertThat(messages(context.getBean(ServiceBusEmulator.class), "orders")).extracting((m) -> m.messageId())
				.containsExactlyElementsOf(result.entries()
					.stream()
					.filter(SendAllResult.Entry::isSent)
					.<Object>map(SendAllResult.Entry::messageId)
					.toList());
		});
	}

	@Test
	void handleOfAScheduledMessageOutlivesTheApplication() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().queue("reminders").build().start()) {
			ApplicationContextRunner application = this.runner
				.withPropertyValues("servicebus.connection-string=" + emulator.connectionString());
			byte[][] kept = new byte[1][];
			application.run((context) -> kept[0] = toBytes(
					context.getBean(ServiceBusTemplate.class).schedule("reminders", "call back", TIME)));
			application.run((context) -> {
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				ScheduledMessage moved = template.move(fromBytes(kept[0]), TIME.plusDays(1));
				assertThat(template.peek("reminders", 10)).singleElement()
					.satisfies((message) -> assertThat(message.scheduledEnqueueTime()).isEqualTo(TIME.plusDays(1)));
				kept[0] = toBytes(moved);
			});
			application.run((context) -> context.getBean(ServiceBusTemplate.class).cancel(fromBytes(kept[0])));
			assertThat(messages(emulator, "reminders")).isEmpty();
		}
	}

	@Test
	void scheduledMessageComesInTime() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			template.schedule("reminders", "call back",
					OffsetDateTime.parse(emulator.clock().instant().plus(Duration.ofHours(2)).toString()));
			assertThat(template.receive("reminders", String.class, Duration.ofMillis(100))).isNull();
			emulator.clock().advance(Duration.ofHours(2));
			assertThat(template.receive("reminders", String.class, PATIENCE)).isEqualTo("call back");
		});
	}

	@Test
	void operationsAreAnInterfaceThatTestsMayMock() {
		ServiceBusOperations mock = mock(ServiceBusOperations.class);
		when(mock.receive("orders", Order.class, PATIENCE)).thenReturn(new Order("7", 2));
		this.runner.withBean(ServiceBusOperations.class, () -> mock).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(ServiceBusTemplate.class);
			assertThat(context.getBean(ServiceBusOperations.class).receive("orders", Order.class, PATIENCE))
				.isEqualTo(new Order("7", 2));
		});
	}

	@Test
	void headersOfACallWin() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.send("orders", "x", Map.of(ServiceBusHeaders.SUBJECT, "created", "region", "eu"));
			ServiceBusReceivedMessage message = template.receive("orders", ServiceBusReceivedMessage.class, PATIENCE);
			assertThat(message.subject()).isEqualTo("created");
			assertThat(message.applicationProperties()).containsEntry("region", "eu");
		});
	}

	private static List<StoredMessage> messages(ServiceBusEmulator emulator, String queue) {
		return emulator.queue(queue).messages();
	}

	private static byte[] toBytes(ScheduledMessage message) throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(message);
		}
		return bytes.toByteArray();
	}

	private static ScheduledMessage fromBytes(byte[] bytes) throws Exception {
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
			return (ScheduledMessage) in.readObject();
		}
	}

	record Order(String id, int count) {

	}

}
