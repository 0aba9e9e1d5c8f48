package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.converter.InvalidReplyToException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.ServiceBusTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What an application receives and looks at with its template.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TemplateReceiveFeaturesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration NO_WAIT = Duration.ofMillis(100);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withPropertyValues("servicebus.emulator.queues.carts.requires-session=true");

	@Test
	void messagesAreReceivedOneByOneOrManyAtATime() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.sendAll("orders", List.of(new Order("1"), new Order("2"), new Order("3")));
			assertThat(template.receive("orders", Order.class, PATIENCE)).isEqualTo(new Order("1"));
			assertThat(template.receiveMany("orders", Order.class, 10, PATIENCE)).containsExactly(new Order("2"),
					new Order("3"));
			assertThat(template.receive("orders", Order.class, NO_WAIT)).isNull();
			assertThat(context.getBean(ServiceBusEmulator.class).queue("orders").messages()).isEmpty();
		});
	}

	@Test
	void handlerDecidesBetweenCompleteAndAbandon() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.send("orders", new Order("1"));
			assertThatIllegalStateException()
				.isThrownBy(() -> template.receive("orders", Order.class, PATIENCE, (order) -> {
					throw new IllegalStateException("not now");
				}));
			assertThat(template.receive("orders", Order.class, PATIENCE, Order::id)).isEqualTo("1");
			assertThat(context.getBean(ServiceBusEmulator.class).queue("orders").messages()).isEmpty();
		});
	}

	@Test
	void callerSettlesAsItLikes() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.sendAll("orders", List.of("complete", "abandon", "dead-letter", "defer"));
			List<ServiceBusReceivedMessage> messages = template.receiveMessages("orders", 4, PATIENCE);
			messages.get(0).complete();
			messages.get(1).abandon();
			messages.get(2).deadLetter("spoilt", "it smells");
			messages.get(3).defer();
			assertThat(template.receive("orders/$DeadLetterQueue", ServiceBusReceivedMessage.class, PATIENCE)
				.deadLetterReason()).isEqualTo("spoilt");
			assertThat(template.receiveDeferred("orders", String.class, List.of(messages.get(3).sequenceNumber())))
				.containsExactly("defer");
			assertThat(template.receive("orders", String.class, PATIENCE)).isEqualTo("abandon");
			assertThat(context.getBean(ServiceBusEmulator.class).queue("orders").messages()).isEmpty();
		});
	}

	@Test
	void peekLeavesMessagesWhereTheyAre() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.sendAll("orders", List.of("a", "b", "c"));
			List<ServiceBusReceivedMessage> first = template.peek("orders", 2);
			assertThat(first).extracting(ServiceBusReceivedMessage::bodyAsString).containsExactly("a", "b");
			assertThat(template.peek("orders", 2, first.get(1).sequenceNumber() + 1))
				.extracting(ServiceBusReceivedMessage::bodyAsString)
				.containsExactly("c");
			assertThat(template.receiveMany("orders", String.class, 10, PATIENCE)).containsExactly("a", "b", "c");
		});
	}

	@Test
	void stateOfASessionIsKept() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			assertThat(template.getSessionState("carts", "7", Order.class)).isNull();
			template.setSessionState("carts", "7", new Order("1"));
			assertThat(template.getSessionState("carts", "7", Order.class)).isEqualTo(new Order("1"));
			template.setSessionState("carts", "7", null);
			assertThat(template.getSessionState("carts", "7", Order.class)).isNull();
		});
	}

	@Test
	void requestIsReceivedAndAnswered() {
		this.runner.withPropertyValues("servicebus.template.reply.queue=replies").run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			CompletableFuture<String> reply = template.requestAsync("prices", new Order("apple"), String.class);
			assertThat(template.receiveAndReply("prices", Order.class, PATIENCE, (order) -> order.id() + " 5 cents"))
				.isTrue();
			assertThat(reply).succeedsWithin(PATIENCE).isEqualTo("apple 5 cents");
			assertThat(template.receiveAndReply("prices", Order.class, NO_WAIT, Order::id)).isFalse();
			assertThat(context.getBean(ServiceBusEmulator.class).queue("prices").messages()).isEmpty();
		});
	}

	@Test
	void requestThatIsNotAnsweredComesAgain() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.to("prices").body("apple").messageId("7").replyTo("replies").replyToSessionId("us").send();
			assertThatIllegalStateException()
				.isThrownBy(() -> template.receiveAndReply("prices", String.class, PATIENCE, (fruit) -> {
					throw new IllegalStateException("not now");
				}));
			template.receiveAndReply("prices", String.class, PATIENCE, (fruit) -> fruit + " 5 cents");
			assertThat(template.receive("replies", ServiceBusReceivedMessage.class, PATIENCE)).satisfies((message) -> {
				assertThat(message.bodyAsString()).isEqualTo("apple 5 cents");
				assertThat(message.correlationId()).isEqualTo("7");
				assertThat(message.sessionId()).isEqualTo("us");
			});
		});
	}

	@Test
	void requestWithoutAnAddressIsDeadLettered() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.send("prices", "apple");
			assertThatExceptionOfType(InvalidReplyToException.class)
				.isThrownBy(() -> template.receiveAndReply("prices", String.class, PATIENCE, (fruit) -> fruit));
			assertThat(template.receive("prices/$DeadLetterQueue", ServiceBusReceivedMessage.class, PATIENCE)
				.deadLetterReason()).isEqualTo(InvalidReplyToException.class.getName());
		});
	}

	record Order(String id) {

	}

}
