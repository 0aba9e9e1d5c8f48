package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.MessageSource;
import dev.servicebus.client.MessagingEntityNotFoundException;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MessageSourceTests {

	private final SimulatedService service = SimulatedService.of(5,
			ServiceBusEmulator.builder().queue("orders").queue("other"));

	private final Received received = new Received();

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void nothingComesWithoutDemand() {
		sendMany(5);
		open(ReceiverOptions.queue("orders").withPrefetch(10));
		this.service.run();
		assertThat(this.received.messages).isEmpty();
	}

	@Test
	void noMoreMessagesAreInHandThanDemandAndPrefetchAllow() {
		sendMany(50);
		MessageSource source = open(ReceiverOptions.queue("orders").withPrefetch(4));
		source.demand(3);
		this.service.run();
		assertThat(this.received.messages).hasSize(7);

		complete(source, 2);
		assertThat(this.received.messages).as("two were settled, two more came").hasSize(7);
		assertThat(this.received.count).isEqualTo(9);
	}

	@Test
	void settledMessagesMakeRoomUntilAllAreThrough() {
		sendMany(200);
		MessageSource source = open(ReceiverOptions.queue("orders").withPrefetch(10));
		source.demand(8);
		this.service.run();
		while (!this.received.messages.isEmpty()) {
			complete(source, this.received.messages.size());
		}
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
		assertThat(this.received.count).isEqualTo(200);
	}

	@Test
	void pausedSourceTakesNoMore() {
		MessageSource source = open(ReceiverOptions.queue("orders"));
		source.demand(1);
		sendMany(3);
		this.service.run();
		source.demand(0);
		complete(source, 1);
		assertThat(this.received.messages).isEmpty();

		source.demand(1);
		this.service.run();
		assertThat(this.received.messages).hasSize(1);
	}

	@Test
	void pauseGivesBackCreditThatWasGranted() {
		MessageSource source = open(ReceiverOptions.queue("orders").withPrefetch(4));
		source.demand(5);
		this.service.run();
		source.demand(0);
		sendMany(3);
		this.service.run();
		assertThat(this.received.messages).isEmpty();

		source.demand(1);
		this.service.run();
		assertThat(this.received.messages).hasSize(3);
	}

	@Test
	void locksAreRenewedForAsLongAsTheMessageIsInHand() {
		sendMany(250);
		MessageSource source = open(
				ReceiverOptions.queue("orders").withPrefetch(249).withMaxLockRenewal(Duration.ofHours(1)));
		source.demand(1);
		this.service.run();
		assertThat(this.received.messages).hasSize(250);

		this.service.advance(Duration.ofMinutes(30));
		assertThat(this.received.lost).isEmpty();
		complete(source, 250);
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	@Test
	void lockRunsOutWhenTheTimeForRenewalIsOver() {
		sendMany(1);
		MessageSource source = open(ReceiverOptions.queue("orders").withMaxLockRenewal(Duration.ofMinutes(3)));
		source.demand(1);
		this.service.advance(Duration.ofMinutes(2));
		assertThat(this.received.lost).isEmpty();

		this.service.advance(Duration.ofMinutes(3));
		assertThat(this.received.lost).hasSize(1);
		CompletableFuture<Void> settled = source.settle(this.received.messages.get(0), new Disposition.Complete());
		assertThatExceptionOfType(MessageLockLostException.class).isThrownBy(() -> this.service.await(settled));
	}

	@Test
	void lostLockIsReported() {
		sendMany(2);
		MessageSource source = open(ReceiverOptions.queue("orders").withMaxLockRenewal(Duration.ofHours(1)));
		source.demand(2);
		this.service.run();
		this.service.emulator.queue("orders").purge();
		this.service.advance(Duration.ofMinutes(1));

		assertThat(this.received.lost).hasSize(2);
		sendMany(2);
		this.service.run();
		assertThat(this.received.count).as("lost messages leave their slots").isEqualTo(4);
	}

	@Test
	void stoppedSourceGivesBackWhatStillComes() {
		MessageSource source = open(ReceiverOptions.queue("orders").withPrefetch(10));
		source.demand(1);
		this.service.run();
		CompletableFuture<Void> stopped = source.stop();
		sendMany(3);
		this.service.await(stopped);
		this.service.run();

		assertThat(this.received.messages).isEmpty();
		assertThat(this.service.emulator.queue("orders").messages()).hasSize(3)
			.allSatisfy((message) -> assertThat(message.deliveryCount()).isZero());
	}

	@Test
	void closedSourceLeavesItsMessagesToOthers() {
		sendMany(5);
		MessageSource source = open(ReceiverOptions.queue("orders").withPrefetch(10));
		source.demand(1);
		this.service.run();
		assertThat(this.received.messages).hasSize(5);
		source.close();
		this.service.run();

		Received others = new Received();
		this.service.client.open(ReceiverOptions.queue("orders").withPrefetch(10), others).demand(1);
		this.service.run();
		assertThat(others.messages).hasSize(5).allSatisfy((message) -> assertThat(message.deliveryCount()).isZero());
	}

	@Test
	void sourceOfAMissingQueueReportsItOnceAndRecovers() {
		MessageSource source = open(ReceiverOptions.queue("missing"));
		source.demand(1);
		this.service.advance(Duration.ofMinutes(2));
		assertThat(this.received.failures).singleElement().isInstanceOf(MessagingEntityNotFoundException.class);
		assertThat(this.received.ready).isZero();

		this.service.emulator.createQueue("missing");
		this.service.send("missing", "now");
		this.service.advance(Duration.ofMinutes(1));
		assertThat(this.received.ready).isOne();
		assertThat(this.received.messages).hasSize(1);
	}

	@Test
	void messageIsSettledByItsTokenAfterItsLinkWasLost() {
		sendMany(1);
		MessageSource source = open(ReceiverOptions.queue("orders"));
		source.demand(1);
		this.service.run();
		this.service.network.resetAll();
		this.service.run();
		complete(source, 1);

		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
		assertThat(this.received.failures).as("repaired at the first attempt").isEmpty();
	}

	private MessageSource open(ReceiverOptions options) {
		return this.service.client.open(options, this.received);
	}

	private void sendMany(int count) {
		List<ServiceBusMessage> messages = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			messages.add(ServiceBusMessage.of("m" + i));
		}
		this.service.await(this.service.client.sender("orders").sendAsync(messages));
	}

	private void complete(MessageSource source, int count) {
		for (int i = 0; i < count; i++) {
			this.service.await(source.settle(this.received.messages.remove(0), new Disposition.Complete()));
		}
		this.service.run();
	}

	private static final class Received implements MessageSource.Listener {

		private final List<ServiceBusReceivedMessage> messages = new ArrayList<>();

		private final List<ServiceBusReceivedMessage> lost = new ArrayList<>();

		private final List<ServiceBusException> failures = new ArrayList<>();

		private int ready;

		private int count;

		@Override
		public void onMessage(ServiceBusReceivedMessage message) {
			this.messages.add(message);
			this.count++;
		}

		@Override
		public void onFailure(ServiceBusException failure) {
			this.failures.add(failure);
		}

		@Override
		public void onReady() {
			this.ready++;
		}

		@Override
		public void onLockLost(ServiceBusReceivedMessage message, ServiceBusException failure) {
			this.lost.add(message);
		}

	}

}
