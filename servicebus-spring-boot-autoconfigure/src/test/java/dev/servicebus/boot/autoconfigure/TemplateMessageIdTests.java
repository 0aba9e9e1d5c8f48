package dev.servicebus.boot.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ServiceBusException;
import dev.servicebus.converter.ServiceBusHeaders;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.template.MessageIdGenerator;
import dev.servicebus.template.SendAllResult;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which ids messages have, and what becomes of those that are sent again, to a queue with
 * duplicate detection.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TemplateMessageIdTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withPropertyValues("servicebus.emulator.queues.orders.duplicate-detection-history-time-window=10m",
				"servicebus.retry.delay=1ms");

	@Test
	void sendThatIsTriedAgainKeepsItsId() {
		this.runner.run((context) -> {
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			emulator.faults().onSend("orders").next(2).dropInsteadOfAnswering();
			Object id = context.getBean(ServiceBusTemplate.class).send("orders", "x").messageId();
			assertThat(emulator.faults().log()).hasSize(2);
			assertThat(ids(emulator)).containsExactly(id);
		});
	}

	@ParameterizedTest
	@CsvSource({ "servicebus.template.retry.max-attempts=1, 1", "servicebus.template.retry.max-attempts=3, 3",
			"servicebus.retry.max-attempts=2, 2" })
	void sendsAreTriedAgainAsThePropertiesSay(String property, int attempts) {
		this.runner.withPropertyValues(property).run((context) -> {
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			emulator.faults().onSend("orders").always().refuse(FaultError.internalError());
			assertThatExceptionOfType(ServiceBusException.class)
				.isThrownBy(() -> context.getBean(ServiceBusTemplate.class).send("orders", "x"));
			assertThat(emulator.faults().log()).hasSize(attempts);
		});
	}

	@Test
	void eachMessageHasAnIdOfItsOwn() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.send("orders", "x");
			template.send("orders", "x");
			template.sendAll("orders", List.of("x", "x"));
			assertThat(ids(context.getBean(ServiceBusEmulator.class))).hasSize(4).doesNotHaveDuplicates();
		});
	}

	@Test
	void randomIdOfASpringMessageIsNotItsMessageId() {
		this.runner.run((context) -> {
			Message<String> message = MessageBuilder.withPayload("x").build();
			context.getBean(ServiceBusTemplate.class).send("orders", message);
			assertThat(ids(context.getBean(ServiceBusEmulator.class))).singleElement()
				.asString()
				.isNotEqualTo(String.valueOf(message.getHeaders().getId()));
		});
	}

	@Test
	void sameContentIsDroppedIfItsIdFollowsFromIt() {
		this.runner.withPropertyValues("servicebus.template.message-ids=content").run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			Message<String> message = MessageBuilder.withPayload("x").build();
			template.send("orders", message);
			template.send("orders", MessageBuilder.withPayload("x").build());
			template.to("orders").body("x").send();
			template.sendAll("orders", List.of("x", "y"));
			assertThat(bodies(context.getBean(ServiceBusEmulator.class))).containsExactly("x", "y");
		});
	}

	@Test
	void generatorOfTheApplicationIsAskedForWhatHasNoId() {
		MessageIdGenerator ofOrder = (payload, message) -> (payload instanceof Order order) ? "order-" + order.id()
				: null;
		this.runner.withBean(MessageIdGenerator.class, () -> ofOrder).run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			assertThat(template.send("orders", new Order("7", 1)).messageId()).isEqualTo("order-7");
			assertThat(template.send("orders", new Order("7", 2)).messageId()).isEqualTo("order-7");
			assertThat(template.send("orders", new Order("7", 3), Map.of(ServiceBusHeaders.MESSAGE_ID, "mine"))
				.messageId()).isEqualTo("mine");
			SendAllResult result = template.sendAll("orders", List.of(new Order("8", 1)));
			assertThat(result.entries()).extracting(SendAllResult.Entry::messageId).containsExactly("order-8");
			assertThat(ids(context.getBean(ServiceBusEmulator.class))).containsExactly("order-7", "mine", "order-8");
		});
	}

	@Test
	void noIdIsMadeIfNoneIsWanted() {
		this.runner.withPropertyValues("servicebus.generate-message-ids=false")
			.run((context) -> assertThat(context.getBean(ServiceBusTemplate.class).send("orders", "x").messageId())
				.isNull());
	}

	private static List<Object> ids(ServiceBusEmulator emulator) {
		return emulator.queue("orders").messages().stream().map((message) -> message.messageId()).toList();
	}

	private static List<String> bodies(ServiceBusEmulator emulator) {
		return emulator.queue("orders").messages().stream().map(StoredMessage::bodyAsString).toList();
	}

	record Order(String id, int version) {

	}

}
