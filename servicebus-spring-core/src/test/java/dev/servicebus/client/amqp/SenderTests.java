package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.MessageNotFoundException;
import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.SendBufferFullException;
import dev.servicebus.client.ServiceBusMessageBatch;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.MessageIds;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Batches, ids, time limits and bounds of senders.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SenderTests {

	private static final int LINK_LIMIT = 262_144;

	private final SimulatedService service = SimulatedService.of(1,
			ServiceBusEmulator.builder()
				.queue("orders")
				.queue("unique", EntityOptions.builder().duplicateDetectionWindow(Duration.ofMinutes(10)).build()));

	private final ServiceBusSender sender = this.service.client.sender("orders");

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void batchTakesWhatTheBrokerTakesAndIsSentAsAWhole() {
		ServiceBusMessageBatch batch = this.service.await(this.sender.createMessageBatchAsync());
		assertThat(batch.maxSizeInBytes()).isEqualTo(LINK_LIMIT);

		Random random = new Random(7);
		while (batch.tryAdd(ServiceBusMessage.of(new byte[random.nextInt(3000)]))) {
			assertThat(batch.encode()).hasSize(batch.sizeInBytes());
		}
		assertThat(batch.sizeInBytes()).isBetween(LINK_LIMIT - 4000, LINK_LIMIT);
		this.service.await(this.sender.sendAsync(batch));
		assertThat(this.service.emulator.queue("orders").messages()).hasSize(batch.count());
	}

	@Test
	void batchOfASmallerSizeIsMadeAndOneOfALargerSizeIsRefused() {
		assertThat(this.service.await(this.sender.createMessageBatchAsync(1000)).maxSizeInBytes()).isEqualTo(1000);
		assertThatExceptionOfType(MessageSizeExceededException.class)
			.isThrownBy(() -> this.service.await(this.sender.createMessageBatchAsync(LINK_LIMIT + 1)))
			.withMessageContaining("orders")
			.withMessageContaining("262144");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.service.await(this.sender.createMessageBatchAsync(0)));
	}

	@Test
	void batchForAnEntityThatIsNotThereOrCannotBeReachedFails() {
		ServiceBusSender nowhere = this.service.client.sender("missing");
		assertThatExceptionOfType(MessagingEntityNotFoundException.class)
			.isThrownBy(() -> this.service.await(nowhere.createMessageBatchAsync()));

		this.service.network.refuseConnections();
		this.service.network.resetAll();
		this.service.run();
		assertThatExceptionOfType(OperationTimeoutException.class)
			.isThrownBy(() -> this.service.await(this.sender.createMessageBatchAsync()))
			.withMessageContaining("30000 ms");
	}

	@Test
	void emptyBatchIsRefused() {
		ServiceBusMessageBatch batch = this.service.await(this.sender.createMessageBatchAsync());
		assertThatIllegalArgumentException().isThrownBy(() -> this.sender.sendAsync(batch));
	}

	@Test
	void messagesWithoutAnIdGetOneEachAndOthersKeepTheirs() {
		send(this.sender, ServiceBusMessage.of("1"));
		send(this.sender, ServiceBusMessage.builder().body("2").messageId("mine").build());
		this.service.await(this.sender.sendAsync(List.of(ServiceBusMessage.of("3"), ServiceBusMessage.of("4"))));
		List<Long> numbers = this.service
			.await(this.sender.scheduleAsync(List.of(ServiceBusMessage.of("5")), later(Duration.ofSeconds(1))));
		this.service.advance(Duration.ofSeconds(2));

		List<String> ids = receive("orders").stream().map(ServiceBusReceivedMessage::messageId).toList();
		assertThat(numbers).hasSize(1);
		assertThat(ids).hasSize(5).doesNotContainNull().doesNotHaveDuplicates().contains("mine");
		assertThat(ids).allSatisfy((id) -> assertThat(id).hasSizeLessThanOrEqualTo(ServiceBusMessage.MAX_ID_LENGTH));
	}

	@Test
	void idsAreLeftToTheBrokerWhereTheProgramSaysSo() {
		List<String> asked = new ArrayList<>();
		try (ServiceBusClient own = client(1000, () -> {
			asked.add("x");
			return null;
		})) {
			this.service.await(own.sender("orders").sendAsync(ServiceBusMessage.of("1")));
			assertThat(asked).hasSize(1);
		}
		assertThat(MessageIds.none().next()).isNull();
	}

	@Test
	void repeatedSendKeepsItsIdAndIsStoredOnce() {
		this.service.emulator.faults().onSend("unique").next(1).dropInsteadOfAnswering();
		send(this.service.client.sender("unique"), ServiceBusMessage.of("once"));

		assertThat(this.service.emulator.faults().log()).hasSize(1);
		assertThat(this.service.emulator.queue("unique").messages()).hasSize(1);
	}

	@Test
	void repeatedBatchKeepsItsIdsAndIsStoredOnce() {
		this.service.emulator.faults().onSend("unique").next(1).dropInsteadOfAnswering();
		this.service.await(this.service.client.sender("unique")
			.sendAsync(List.of(ServiceBusMessage.of("a"), ServiceBusMessage.of("b"))));

		assertThat(this.service.emulator.faults().log()).hasSize(1);
		assertThat(this.service.emulator.queue("unique").messages()).hasSize(2);
	}

	@Test
	void repeatedScheduleKeepsItsId() {
		this.service.emulator.faults()
			.onRequest("orders", "com.microsoft:schedule-message")
			.next(1)
			.dropInsteadOfAnswering();
		this.service.await(this.sender.scheduleAsync(ServiceBusMessage.of("s"), later(Duration.ofSeconds(1))));
		this.service.advance(Duration.ofSeconds(2));

		List<ServiceBusReceivedMessage> messages = receive("orders");
		assertThat(messages).as("stored twice, without duplicate detection").hasSize(2);
		assertThat(messages.get(0).messageId()).isEqualTo(messages.get(1).messageId());
	}

	@Test
	void singleMessageIsScheduledAndTakenBack() {
		long number = this.service
			.await(this.sender.scheduleAsync(ServiceBusMessage.of("1"), later(Duration.ofMinutes(1))));
		this.service.await(this.sender.cancelScheduledAsync(number));
		assertThatExceptionOfType(MessageNotFoundException.class)
			.isThrownBy(() -> this.service.await(this.sender.cancelScheduledAsync(number)));
	}

	@Test
	void timeLimitOfACallCoversAllItsAttempts() {
		this.service.emulator.faults().onSend("orders").always().refuse(FaultError.internalError());
		Duration before = this.service.network.time().elapsed();
		ServiceBusSender hasty = this.sender.withTimeout(Duration.ofSeconds(1));
		assertThatExceptionOfType(OperationTimeoutException.class)
			.isThrownBy(() -> send(hasty, ServiceBusMessage.of("1")))
			.withMessageContaining("1000 ms")
			.withMessageContaining("internal-error");
		assertThat(this.service.network.time().elapsed().minus(before)).isEqualTo(Duration.ofSeconds(1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.sender.withTimeout(Duration.ZERO));
	}

	@Test
	void timeLimitHoldsForSchedulingToo() {
		this.service.emulator.faults().onRequest("orders").always().ignore();
		ServiceBusSender hasty = this.sender.withTimeout(Duration.ofSeconds(2));
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(
				() -> this.service.await(hasty.scheduleAsync(ServiceBusMessage.of("1"), later(Duration.ofMinutes(1)))))
			.withMessageContaining("2000 ms");
	}

	@Test
	void sendsBeyondTheBufferFailAtOnceAndTheOthersAreSent() {
		try (ServiceBusClient small = client(3000, MessageIds.none())) {
			ServiceBusSender bounded = small.sender("orders");
			this.service.network.refuseConnections();
			List<CompletableFuture<Void>> sends = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				sends.add(bounded.sendAsync(ServiceBusMessage.of(new byte[500])));
			}
			List<CompletableFuture<Void>> refused = sends.stream().filter(CompletableFuture::isDone).toList();
			assertThat(refused).hasSizeBetween(5, 8)
				.allSatisfy((send) -> assertThat(send).isCompletedExceptionally()
					.failsWithin(Duration.ZERO)
					.withThrowableThat()
					.withCauseInstanceOf(SendBufferFullException.class)
					.withMessageContaining("of 3000 bytes"));

			this.service.network.heal();
			sends.stream().filter((send) -> !refused.contains(send)).forEach(this.service::await);
			this.service.await(bounded.sendAsync(ServiceBusMessage.of("there is room again")));
			assertThat(this.service.emulator.queue("orders").messages()).hasSize(11 - refused.size());
		}
	}

	@Test
	void messageThatIsLargerThanTheBufferIsSentWhenItIsAlone() {
		try (ServiceBusClient small = client(1000, MessageIds.none())) {
			send(small.sender("orders"), ServiceBusMessage.of(new byte[5000]));
			assertThat(this.service.emulator.queue("orders").messages()).hasSize(1);
		}
	}

	private ServiceBusClient client(long sendBufferBytes, MessageIds ids) {
		return ServiceBusClient.builder()
			.connectionString(this.service.emulator.connectionString())
			.network(this.service.network)
			.executor(Runnable::run)
			.random(new Random(1))
			.sendBufferBytes(sendBufferBytes)
			.messageIds(ids)
			.build();
	}

	private void send(ServiceBusSender to, ServiceBusMessage message) {
		this.service.await(to.sendAsync(message));
	}

	private List<ServiceBusReceivedMessage> receive(String queue) {
		ServiceBusReceiver receiver = this.service.client.receiver(ReceiverOptions.queue(queue));
		return this.service.await(receiver.receiveAsync(10, Duration.ofSeconds(1)));
	}

	private OffsetDateTime later(Duration delay) {
		return this.service.network.time().clock().instant().atOffset(ZoneOffset.UTC).plus(delay);
	}

}
