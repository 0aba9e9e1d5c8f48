package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageAlreadySettledException;
import dev.servicebus.client.MessageErrorException;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.MessageNotFoundException;
import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ReceiveMode;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusAuthenticationException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.SubQueue;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClientOperationsTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

	private final SimulatedService service = SimulatedService.withQueue(1, "orders");

	private final ServiceBusSender sender = this.service.client.sender("orders");

	private final ServiceBusReceiver receiver = this.service.client.receiver(ReceiverOptions.queue("orders"));

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void messageIsSentReceivedAndCompleted() {
		ServiceBusMessage message = ServiceBusMessage.builder()
			.body("hello")
			.messageId("m1")
			.subject("greeting")
			.applicationProperties(Map.of("count", 7))
			.build();
		this.service.await(this.sender.sendAsync(message));

		ServiceBusReceivedMessage received = receiveOne();
		assertThat(received.bodyAsString()).isEqualTo("hello");
		assertThat(received.messageId()).isEqualTo("m1");
		assertThat(received.subject()).isEqualTo("greeting");
		assertThat(received.applicationProperties()).containsEntry("count", 7);
		assertThat(received.deliveryCount()).isZero();
		assertThat(received.lockToken()).isNotNull();

		this.service.await(this.receiver.settleAsync(received, new Disposition.Complete()));
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void batchArrivesAsSingleMessagesInOrder() {
		this.service.await(this.sender
			.sendAsync(List.of(ServiceBusMessage.of("1"), ServiceBusMessage.of("2"), ServiceBusMessage.of("3"))));

		assertThat(receive(10)).extracting(ServiceBusReceivedMessage::bodyAsString).containsExactly("1", "2", "3");
	}

	@Test
	void receiveReturnsWhatIsAtHandWithoutWaiting() {
		this.service.send("orders", "1", "2");
		Duration before = this.service.network.time().elapsed();

		assertThat(receive(10)).hasSize(2);
		assertThat(this.service.network.time().elapsed().minus(before)).isLessThan(Duration.ofSeconds(1));
	}

	@Test
	void receiveEndsEmptyAfterItsWait() {
		Duration before = this.service.network.time().elapsed();
		assertThat(receive(1)).isEmpty();
		assertThat(this.service.network.time().elapsed().minus(before)).isBetween(WAIT, WAIT.plusSeconds(1));
	}

	@Test
	void messageThatComesAfterAnEmptyReceiveStaysWithTheBroker() {
		receive(1);
		this.service.send("orders", "late");
		this.service.run();

		assertThat(this.service.emulator.queue("orders").messages()).singleElement()
			.satisfies((message) -> assertThat(message.toString()).contains("ACTIVE"));
		assertThat(receiveOne().bodyAsString()).isEqualTo("late");
	}

	@Test
	void abandonedMessageComesAgainWithItsChanges() {
		this.service.send("orders", "1");
		settle(receiveOne(), new Disposition.Abandon(Map.of("hint", "second try")));

		ServiceBusReceivedMessage again = receiveOne();
		assertThat(again.deliveryCount()).isOne();
		assertThat(again.applicationProperties()).containsEntry("hint", "second try");
	}

	@Test
	void releasedMessageComesAgainAndTheAttemptDoesNotCount() {
		this.service.send("orders", "1");
		settle(receiveOne(), new Disposition.Release());
		assertThat(receiveOne().deliveryCount()).isZero();
	}

	@Test
	void deadLetteredMessageIsInTheSubQueueWithItsReason() {
		this.service.send("orders", "bad");
		settle(receiveOne(), new Disposition.DeadLetter("broken", "cannot be read", Map.of()));

		ServiceBusReceiver deadLetters = this.service.client
			.receiver(ReceiverOptions.queue("orders").withSubQueue(SubQueue.DEAD_LETTER));
		ServiceBusReceivedMessage dead = this.service.await(deadLetters.receiveAsync(1, WAIT)).get(0);
		assertThat(dead.deadLetterReason()).isEqualTo("broken");
		assertThat(dead.deadLetterErrorDescription()).isEqualTo("cannot be read");
		this.service.await(deadLetters.settleAsync(dead, new Disposition.Complete()));
		assertThat(this.service.emulator.queue("orders").deadLetters()).isEmpty();
	}

	@Test
	void deferredMessageIsReceivedByItsNumberAndSettledByItsToken() {
		this.service.send("orders", "later");
		ServiceBusReceivedMessage message = receiveOne();
		settle(message, new Disposition.Defer(Map.of()));
		assertThat(receive(1)).isEmpty();

		List<Long> numbers = List.of(message.sequenceNumber());
		ServiceBusReceivedMessage deferred = this.service.await(this.receiver.receiveDeferredAsync(numbers)).get(0);
		assertThat(deferred.bodyAsString()).isEqualTo("later");
		settle(deferred, new Disposition.Complete());
		assertThatExceptionOfType(MessageNotFoundException.class)
			.isThrownBy(() -> this.service.await(this.receiver.receiveDeferredAsync(numbers)));
	}

	@Test
	void peekedMessagesStayAndCannotBeSettled() {
		this.service.send("orders", "1", "2", "3");
		List<ServiceBusReceivedMessage> peeked = this.service.await(this.receiver.peekAsync(2, 0));

		assertThat(peeked).extracting(ServiceBusReceivedMessage::bodyAsString).containsExactly("1", "2");
		assertThatExceptionOfType(MessageErrorException.class)
			.isThrownBy(() -> settle(peeked.get(0), new Disposition.Complete()));
		assertThat(receive(10)).hasSize(3);
	}

	@Test
	void scheduledMessageComesAtItsTimeAndCanBeTakenBack() {
		OffsetDateTime later = now().plusMinutes(2);
		List<Long> numbers = this.service
			.await(this.sender.scheduleAsync(List.of(ServiceBusMessage.of("a"), ServiceBusMessage.of("b")), later));
		assertThat(numbers).hasSize(2);
		this.service.await(this.sender.cancelScheduledAsync(numbers.subList(0, 1)));
		assertThat(receive(1)).isEmpty();

		this.service.advance(Duration.ofMinutes(2));
		assertThat(receive(10)).extracting(ServiceBusReceivedMessage::bodyAsString).containsExactly("b");
		assertThatExceptionOfType(MessageNotFoundException.class)
			.isThrownBy(() -> this.service.await(this.sender.cancelScheduledAsync(numbers)));
	}

	@Test
	void renewedLockHoldsLonger() {
		this.service.send("orders", "1");
		ServiceBusReceivedMessage message = receiveOne();
		OffsetDateTime before = message.lockedUntil();
		this.service.advance(Duration.ofSeconds(40));
		OffsetDateTime until = this.service.await(this.receiver.renewLockAsync(message));
		assertThat(until).isAfter(before);
		assertThat(message.lockedUntil()).isEqualTo(until);
		this.service.advance(Duration.ofSeconds(40));
		settle(message, new Disposition.Complete());
	}

	@Test
	void settlingAfterTheLockHasRunOutFails() {
		this.service.send("orders", "1");
		ServiceBusReceivedMessage message = receiveOne();
		this.service.advance(Duration.ofMinutes(2));

		assertThatExceptionOfType(MessageLockLostException.class)
			.isThrownBy(() -> settle(message, new Disposition.Complete()))
			.withMessageContaining("orders");
	}

	@Test
	void secondSettlementIsRefusedOnThisSide() {
		this.service.send("orders", "1");
		ServiceBusReceivedMessage message = receiveOne();
		settle(message, new Disposition.Complete());

		assertThatExceptionOfType(MessageAlreadySettledException.class)
			.isThrownBy(() -> settle(message, new Disposition.Abandon(Map.of())));
	}

	@Test
	void receiveAndDeleteLeavesNothing() {
		this.service.send("orders", "1");
		ServiceBusReceiver destructive = this.service.client
			.receiver(ReceiverOptions.queue("orders").withReceiveMode(ReceiveMode.RECEIVE_AND_DELETE));
		List<ServiceBusReceivedMessage> messages = this.service.await(destructive.receiveAsync(5, WAIT));

		assertThat(messages).singleElement().satisfies((message) -> assertThat(message.lockToken()).isNull());
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void unknownQueueIsNamed() {
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> this.service.send("missing", "1"))
			.withMessageContaining("missing");
		ServiceBusReceiver nowhere = this.service.client.receiver(ReceiverOptions.queue("missing"));
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> this.service.await(nowhere.receiveAsync(1, WAIT)));
	}

	@Test
	void wrongKeyIsRefusedAndNotShown() {
		String wrong = this.service.emulator.connectionString().replace("SAS_KEY_VALUE", "CANARY-KEY");
		ServiceBusClient stranger = this.service.client(wrong);
		assertThatExceptionOfType(ServiceBusAuthenticationException.class)
			.isThrownBy(() -> this.service.await(stranger.sender("orders").sendAsync(ServiceBusMessage.of("1"))))
			.satisfies((failure) -> assertThat(failure.toString()).doesNotContain("CANARY"));
		stranger.close();
	}

	@Test
	void messageBeyondTheLimitIsRefusedBeforeItIsSent() {
		byte[] large = new byte[300_000];
		assertThatExceptionOfType(MessageSizeExceededException.class)
			.isThrownBy(() -> this.service.await(this.sender.sendAsync(ServiceBusMessage.of(large))))
			.withMessageContaining("262144");
		assertThatExceptionOfType(MessageSizeExceededException.class).isThrownBy(() -> this.service
			.await(this.sender.sendAsync(List.of(ServiceBusMessage.of("fits"), ServiceBusMessage.of(large)))));
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void sendThatFindsNoBrokerEndsWithTheReason() {
		this.service.network.refuseConnections();
		assertThatExceptionOfType(OperationTimeoutException.class).isThrownBy(() -> this.service.send("orders", "1"))
			.withMessageContaining("30000 ms")
			.withMessageContaining("connect failed");
	}

	@Test
	void closedSenderRefusesMessagesAndIsReplaced() {
		this.service.send("orders", "1");
		this.sender.close();
		assertThatExceptionOfType(ServiceBusException.class)
			.isThrownBy(() -> this.service.await(this.sender.sendAsync(ServiceBusMessage.of("2"))))
			.withMessageContaining("closed");

		this.service.send("orders", "3");
		assertThat(receive(10)).extracting(ServiceBusReceivedMessage::bodyAsString).containsExactly("1", "3");
	}

	@Test
	void sendsUnderWayEndBeforeTheClientCloses() {
		CompletableFuture<Void> sent = this.sender.sendAsync(ServiceBusMessage.of("1"));
		this.service.client.close();
		this.service.await(sent);

		assertThat(this.service.emulator.queue("orders").messages()).hasSize(1);
	}

	@Test
	void operationsOnAClosedClientFailAtOnce() {
		this.service.client.close();
		this.service.run();
		assertThatExceptionOfType(ServiceBusException.class)
			.isThrownBy(() -> this.service.await(this.receiver.receiveAsync(1, WAIT)))
			.withMessageContaining("closed");
	}

	@Test
	void partsCanBeClosedAfterTheirClient() {
		try (ServiceBusEmulator emulator = ServiceBusEmulator.builder().port(0).queue("orders").build().start()) {
			ServiceBusClient own = ServiceBusClient.builder().connectionString(emulator.connectionString()).build();
			ServiceBusSender ownSender = own.sender("orders");
			ServiceBusReceiver ownReceiver = own.receiver(ReceiverOptions.queue("orders"));
			ownSender.send(ServiceBusMessage.of("1"));
			own.close();

			own.close();
			ownReceiver.close();
			ownReceiver.close();
			ownSender.close();
			ownReceiver.stream(WAIT).close();
			assertThatExceptionOfType(ServiceBusException.class).isThrownBy(() -> ownReceiver.receive(1, WAIT))
				.withMessageContaining("receive on 'orders'")
				.withMessageContaining("closed");
			assertThatExceptionOfType(ServiceBusException.class)
				.isThrownBy(() -> own.sender("orders").send(ServiceBusMessage.of("2")))
				.withMessageContaining("closed");
			assertThat(ownReceiver.peekAsync(1, 0)).failsWithin(WAIT)
				.withThrowableThat()
				.withMessageContaining("peek on 'orders'")
				.withMessageContaining("closed");
		}
	}

	@Test
	void closedClientLeavesNoConnection() {
		this.service.send("orders", "1");
		receiveOne();
		this.service.client.close();
		this.service.advance(Duration.ofMinutes(1));

		assertThat(this.service.network.connections()).isEmpty();
	}

	private ServiceBusReceivedMessage receiveOne() {
		List<ServiceBusReceivedMessage> messages = receive(1);
		assertThat(messages).hasSize(1);
		return messages.get(0);
	}

	private List<ServiceBusReceivedMessage> receive(int max) {
		return this.service.await(this.receiver.receiveAsync(max, WAIT));
	}

	private void settle(ServiceBusReceivedMessage message, Disposition disposition) {
		this.service.await(this.receiver.settleAsync(message, disposition));
	}

	private OffsetDateTime now() {
		return this.service.network.time().clock().instant().atOffset(ZoneOffset.UTC);
	}

}
