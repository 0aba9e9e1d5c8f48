package dev.servicebus.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.annotation.ServiceBusListener;
import dev.servicebus.client.MessagingClient;
import dev.servicebus.converter.ProblemReply;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.listener.ProblemReplyException;
import dev.servicebus.listener.ReplyPostProcessor;
import dev.servicebus.message.ServiceBusReceivedMessage;
import dev.servicebus.template.RemoteProblemException;
import dev.servicebus.template.ServiceBusTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What requesters get from listeners, in an application with the emulator.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReplyFeaturesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(ServiceBusAutoConfiguration.class, ServiceBusEmulatorAutoConfiguration.class))
		.withBean(Shop.class)
		.withPropertyValues("servicebus.template.reply.queue=replies");

	@Test
	void requesterIsToldWhyItsRequestHasFailed() {
		this.runner.withPropertyValues("servicebus.listener.return-exceptions=true").run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			assertThatExceptionOfType(RemoteProblemException.class)
				.isThrownBy(() -> template.request("prices", "worm", Integer.class))
				.withMessage("request on 'prices' failed: IllegalStateException: no price for a worm")
				.satisfies((ex) -> assertThat(ex.getSuppressed()).isEmpty())
				.satisfies((ex) -> assertThat(ex.problem().type()).isEqualTo("about:blank"));
			assertThatExceptionOfType(RemoteProblemException.class)
				.isThrownBy(() -> template.request("prices", "banana", Integer.class))
				.satisfies((ex) -> assertThat(ex.problem())
					.isEqualTo(new ProblemReply("urn:shop:sold-out", "Sold out", "no banana")));
			assertThat(template.request("prices", "apple", Integer.class)).isEqualTo(5);
			ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
			Awaitility.await().atMost(PATIENCE).until(() -> emulator.queue("prices").messages().isEmpty());
			assertThat(emulator.queue("prices").deadLetters()).isEmpty();
		});
	}

	@Test
	void repliesPassThePostProcessorsOfTheApplication() {
		ReplyPostProcessor signing = (reply, request,
				listenerId) -> reply.mutate().applicationProperty("signed-by", listenerId).build();
		this.runner.withBean(ReplyPostProcessor.class, () -> signing).run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			template.to("prices").body("apple").replyTo("answers").send();
			assertThat(template.receiveMessages("answers", 1, PATIENCE)).singleElement()
				.extracting(ServiceBusReceivedMessage::applicationProperties)
				.isEqualTo(Map.of("signed-by", "prices"));
		});
	}

	@Test
	void replyToMayBeTheAddressOfAnEntityInTheNamespace() {
		this.runner.run((context) -> {
			ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
			String host = context.getBean(MessagingClient.class).fullyQualifiedNamespace();
			template.to("prices").body("apple").replyTo("sb://" + host + "/answers").send();
			assertThat(template.receive("answers", Integer.class, PATIENCE)).isEqualTo(5);
			template.to("prices").body("apple").replyTo("sb://elsewhere.example/answers").send();
			assertThat(template.receiveMessages("prices/$DeadLetterQueue", 1, PATIENCE)).singleElement()
				.extracting(ServiceBusReceivedMessage::deadLetterReason)
				.isEqualTo("InvalidReplyTo");
		});
	}

	@Test
	void requesterOfATransactionalListenerIsToldOutsideOfTheTransaction() {
		this.runner.withBean(Ledger.class)
			.withPropertyValues("servicebus.cross-entity-transactions=true",
					"servicebus.listener.return-exceptions=true")
			.run((context) -> {
				ServiceBusTemplate template = context.getBean(ServiceBusTemplate.class);
				template.to("bookings").body("7").replyTo("answers").send();
				assertThat(template.receiveMessages("answers", 1, PATIENCE)).singleElement()
					.satisfies((reply) -> assertThat(ProblemReply.from(reply))
						.isEqualTo(ProblemReply.of("IllegalStateException").withDetail("no account 7")));
				ServiceBusEmulator emulator = context.getBean(ServiceBusEmulator.class);
				Awaitility.await().atMost(PATIENCE).until(() -> emulator.queue("bookings").messages().isEmpty());
				assertThat(emulator.queue("bookings").deadLetters()).isEmpty();
				assertThat(emulator.queue("booked").messages()).isEmpty();
			});
	}

	static class Ledger {

		private final ServiceBusTemplate template;

		Ledger(ServiceBusTemplate template) {
			this.template = template;
		}

		@ServiceBusListener(queue = "bookings", transactional = "true", retry = "none")
		String book(String number) {
			this.template.send("booked", number);
			throw new IllegalStateException("no account " + number);
		}

	}

	static class Shop {

		@ServiceBusListener(id = "prices", queue = "prices", retry = "none")
		int price(String fruit) {
			if (fruit.equals("worm")) {
				throw new IllegalStateException("no price for a worm");
			}
			if (fruit.equals("banana")) {
				throw new ProblemReplyException(
						ProblemReply.of("Sold out").withType("urn:shop:sold-out").withDetail("no banana"));
			}
			return fruit.length();
		}

	}

}
