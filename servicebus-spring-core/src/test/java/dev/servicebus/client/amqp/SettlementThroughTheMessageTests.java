package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.client.MessageAlreadySettledException;
import dev.servicebus.client.MessageErrorException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.SubQueue;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SettlementThroughTheMessageTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

	private static final ReceiverOptions ORDERS = ReceiverOptions.queue("orders");

	private final SimulatedService service = SimulatedService.withQueue(1, "orders");

	private final ServiceBusReceiver receiver = this.service.client.receiver(ORDERS);

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void messageCompletesItself() {
		this.service.await(sendAndReceive().completeAsync());
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void messageAbandonsItselfWithChanges() {
		this.service.await(sendAndReceive().abandonAsync(Map.of("tried", true)));
		ServiceBusReceivedMessage again = receiveOne(this.receiver);
		assertThat(again.deliveryCount()).isEqualTo(1);
		assertThat(again.applicationProperties()).containsEntry("tried", true);
	}

	@Test
	void messageDefersItselfAndIsSettledWhenItIsReceivedByItsNumber() {
		ServiceBusReceivedMessage message = sendAndReceive();
		this.service.await(message.deferAsync(Map.of("later", 1)));
		List<ServiceBusReceivedMessage> deferred = this.service
			.await(this.receiver.receiveDeferredAsync(List.of(message.sequenceNumber())));
		assertThat(deferred).singleElement()
			.satisfies((found) -> assertThat(found.applicationProperties()).containsEntry("later", 1));
		this.service.await(deferred.get(0).completeAsync());
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void messageDeadLettersItself() {
		this.service.await(sendAndReceive().deadLetterAsync("broken", "cannot be read", Map.of("by", "me")));
		ServiceBusReceivedMessage dead = receiveOne(
				this.service.client.receiver(ORDERS.withSubQueue(SubQueue.DEAD_LETTER)));
		assertThat(dead.deadLetterReason()).isEqualTo("broken");
		assertThat(dead.deadLetterErrorDescription()).isEqualTo("cannot be read");
		assertThat(dead.applicationProperties()).containsEntry("by", "me");
	}

	@Test
	void messageRenewsItsLock() {
		ServiceBusReceivedMessage message = sendAndReceive();
		OffsetDateTime before = Objects.requireNonNull(message.lockedUntil());
		this.service.advance(Duration.ofSeconds(20));
		assertThat(this.service.await(message.renewLockAsync())).isAfter(before).isEqualTo(message.lockedUntil());
	}

	@Test
	void messageIsSettledOnce() {
		ServiceBusReceivedMessage message = sendAndReceive();
		this.service.await(message.completeAsync());
		assertThatExceptionOfType(MessageAlreadySettledException.class)
			.isThrownBy(() -> this.service.await(this.receiver.completeAsync(message)));
		assertThatExceptionOfType(MessageAlreadySettledException.class)
			.isThrownBy(() -> this.service.await(message.abandonAsync(Map.of())));
	}

	@Test
	void timeLimitIsTheReceiversUnlessTheMessageIsGivenOne() {
		this.service.send("orders", "a", "b");
		ServiceBusReceivedMessage hasty = receiveOne(this.receiver.withTimeout(Duration.ofSeconds(4)));
		ServiceBusReceivedMessage other = receiveOne(this.receiver);
		this.service.network.blackhole(Direction.BOTH);
		assertEndsWithin(Duration.ofSeconds(4), hasty.completeAsync(), UnknownOutcomeException.class);
		assertEndsWithin(Duration.ofSeconds(2), other.withTimeout(Duration.ofSeconds(2)).renewLockAsync(),
				OperationTimeoutException.class);
	}

	@Test
	void whatHasNoLockIsRefused() {
		this.service.send("orders", "a");
		ServiceBusReceivedMessage peeked = this.service.await(this.receiver.peekAsync(1, 0)).get(0);
		ServiceBusReceivedMessage deleted = receiveOne(
				this.service.client.receiver(ORDERS.withReceiveMode(ReceiveMode.RECEIVE_AND_DELETE)));
		for (ServiceBusReceivedMessage message : List.of(peeked, deleted)) {
			for (CompletableFuture<?> refused : List.of(message.completeAsync(), message.abandonAsync(Map.of()),
					message.deferAsync(Map.of()), message.deadLetterAsync("a", "b", Map.of()),
					message.renewLockAsync())) {
				assertThatExceptionOfType(MessageErrorException.class).isThrownBy(() -> this.service.await(refused))
					.withMessageContaining("no lock");
			}
		}
	}

	@Test
	void messageThatNobodyReceivedIsRefused() {
		ServiceBusReceivedMessage made = ServiceBusReceivedMessage.of(ServiceBusMessage.of("a"), UUID.randomUUID());
		assertThatIllegalStateException().isThrownBy(made::complete).withMessageContaining("not received");
		assertThatIllegalStateException().isThrownBy(() -> made.withTimeout(WAIT));
	}

	/**
	 * Blocking methods need a broker on another thread.
	 */
	@Test
	void blockingMethodsReturnWhenTheBrokerHasConfirmed() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().port(0).queue("orders").build().start();
				ServiceBusClient client = ServiceBusClient.builder()
					.connectionString(emulator.connectionString())
					.build();
				ServiceBusReceiver blocking = client.receiver(ORDERS)) {
			client.sender("orders").send(ServiceBusMessage.of("a"));
			blocking.receive(1).get(0).abandon();
			ServiceBusReceivedMessage again = blocking.receive(1).get(0);
			assertThat(again.renewLock()).isEqualTo(again.lockedUntil());
			again.defer();
			blocking.receiveDeferred(List.of(again.sequenceNumber())).get(0).withTimeout(WAIT).deadLetter("why", null);
			assertThat(emulator.queue("orders").messages()).isEmpty();
			assertThat(emulator.queue("orders").deadLetters()).hasSize(1);
		}
	}

	private void assertEndsWithin(Duration limit, CompletableFuture<?> future, Class<? extends Exception> failure) {
		Duration before = this.service.network.time().elapsed();
		assertThatExceptionOfType(failure).isThrownBy(() -> this.service.await(future));
		assertThat(this.service.network.time().elapsed().minus(before)).isBetween(limit, limit.plusSeconds(1));
	}

	private ServiceBusReceivedMessage sendAndReceive() {
		this.service.send("orders", "a");
		return receiveOne(this.receiver);
	}

	private ServiceBusReceivedMessage receiveOne(ServiceBusReceiver from) {
		List<ServiceBusReceivedMessage> messages = this.service.await(from.receiveAsync(1, WAIT));
		assertThat(messages).hasSize(1);
		return messages.get(0);
	}

}
