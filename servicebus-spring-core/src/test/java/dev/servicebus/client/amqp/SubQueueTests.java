package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.SubQueue;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where messages go that could not be handled, or not be forwarded.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SubQueueTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

	@Test
	void deadLettersOfASubscriptionAreReceived() {
		try (SimulatedService service = SimulatedService.of(1,
				ServiceBusEmulator.builder().subscription("news", "audit"))) {
			ReceiverOptions audit = ReceiverOptions.subscription("news", "audit");
			service.send("news", "a");
			service.await(receiveOne(service, audit).deadLetterAsync("broken", "cannot be read", Map.of()));

			ServiceBusReceivedMessage dead = receiveOne(service, audit.withSubQueue(SubQueue.DEAD_LETTER));
			assertThat(dead.bodyAsString()).isEqualTo("a");
			assertThat(dead.deadLetterReason()).isEqualTo("broken");
			service.await(dead.completeAsync());
			assertThat(service.emulator.subscription("news", "audit").deadLetters()).isEmpty();
		}
	}

	@Test
	void deadLetterThatCannotBeForwardedIsReceivedFromTheTransferDeadLetterQueue() {
		EntityOptions forwarding = EntityOptions.builder().forwardDeadLetteredMessagesTo("end").build();
		EntityOptions withSessions = EntityOptions.builder().requiresSession(true).build();
		try (SimulatedService service = SimulatedService.of(2,
				ServiceBusEmulator.builder().queue("end", withSessions).queue("orders", forwarding))) {
			service.send("orders", "without a session");
			service
				.await(receiveOne(service, ReceiverOptions.queue("orders")).deadLetterAsync("broken", null, Map.of()));
			service.run();
			ServiceBusReceivedMessage stranded = receiveOne(service,
					ReceiverOptions.queue("orders").withSubQueue(SubQueue.TRANSFER_DEAD_LETTER));
			assertThat(stranded.bodyAsString()).isEqualTo("without a session");
			assertThat(stranded.deadLetterReason()).isNotEqualTo("broken");
			service.await(stranded.completeAsync());
		}
	}

	@Test
	void forwardedDeadLetterTellsWhereItComesFromAndWhichNumberItHad() {
		EntityOptions forwarding = EntityOptions.builder().forwardDeadLetteredMessagesTo("graveyard").build();
		try (SimulatedService service = SimulatedService.of(3,
				ServiceBusEmulator.builder().queue("graveyard").queue("orders", forwarding))) {
			service.send("graveyard", "another");
			service.send("orders", "x", "a");
			service.await(receiveOne(service, ReceiverOptions.queue("orders")).completeAsync());
			ServiceBusReceivedMessage bad = receiveOne(service, ReceiverOptions.queue("orders"));
			service.await(bad.deadLetterAsync("broken", null, Map.of()));
			service.await(receiveOne(service, ReceiverOptions.queue("graveyard")).completeAsync());

			ServiceBusReceivedMessage buried = receiveOne(service, ReceiverOptions.queue("graveyard"));
			assertThat(buried.bodyAsString()).isEqualTo("a");
			assertThat(buried.deadLetterSource()).isEqualTo("orders");
			assertThat(buried.deadLetterReason()).isEqualTo("broken");
			assertThat(buried.enqueuedSequenceNumber()).isPositive();
			assertThat(buried.sequenceNumber()).isNotEqualTo(0);
		}
	}

	private static ServiceBusReceivedMessage receiveOne(SimulatedService service, ReceiverOptions options) {
		ServiceBusReceiver receiver = service.client.receiver(options);
		List<ServiceBusReceivedMessage> messages = service.await(receiver.receiveAsync(1, WAIT));
		assertThat(messages).hasSize(1);
		return messages.get(0);
	}

}
