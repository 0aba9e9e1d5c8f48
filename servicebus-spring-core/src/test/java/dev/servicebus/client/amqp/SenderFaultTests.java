package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.MessageSizeExceededException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusMessageBatch;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.ServiceBusMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of sends while links, connections and answers are lost (F31 to F35).
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SenderFaultTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final SimulatedService service = SimulatedService.of(1, ServiceBusEmulator.builder().queue("orders"));

	private final ServiceBusSender sender = this.service.client.sender("orders");

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void f31ConnectionLostBeforeTheAnswerIsFollowedByAnotherAttempt() {
		this.service.emulator.faults().onSend("orders").next(1).dropConnection();
		send("1");
		assertThat(this.service.emulator.faults().log()).hasSize(1);
		assertThat(count()).isOne();
	}

	@Test
	void f31AnswerThatNeverComesIsUnknownAtTheDeadline() {
		this.service.emulator.faults().onSend("orders").next(1).swallowAnswer();
		Duration before = now();
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> send("1"));
		assertThat(now().minus(before)).isEqualTo(LIMIT);
		send("2");
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void f31AnswerToAnotherSendDoesNotEndThisOne() {
		this.service.emulator.faults().onSend("orders").next(1).swallowAnswer();
		CompletableFuture<Void> first = this.sender.sendAsync(ServiceBusMessage.of("1"));
		CompletableFuture<Void> second = this.sender.sendAsync(ServiceBusMessage.of("2"));
		this.service.await(second);
		assertThat(first).isNotDone();
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.service.await(first));
	}

	@Test
	void f31SendWithoutALinkEndsAtTheDeadlineAndIsNotSentLater() {
		this.service.emulator.faults().onAttachSender("orders").always().ignore();
		Duration before = now();
		assertThatExceptionOfType(OperationTimeoutException.class).isThrownBy(() -> send("1"));
		assertThat(now().minus(before)).isEqualTo(LIMIT);
		this.service.emulator.faults().clear();
		this.service.advance(Duration.ofMinutes(2));
		assertThat(count()).isZero();
	}

	@Test
	void f32FirstSendAfterIdleHoursIsFast() {
		send("1");
		this.service.advance(Duration.ofHours(2));
		Duration before = now();
		send("2");
		assertThat(now().minus(before)).isLessThanOrEqualTo(Duration.ofMillis(250));
	}

	@Test
	void f32FirstSendAfterADetachIsFast() {
		send("1");
		this.service.emulator.faults().detachLinks("orders", FaultError.detachForced());
		this.service.run();
		Duration before = now();
		send("2");
		assertThat(now().minus(before)).isLessThanOrEqualTo(Duration.ofMillis(250));
	}

	@Test
	void f34BatchIsRefusedIfTheLimitHasShrunkMeanwhile() {
		ServiceBusMessageBatch batch = this.service.await(this.sender.createMessageBatchAsync());
		batch.add(ServiceBusMessage.of(new byte[100_000]));
		this.service.emulator.deleteQueue("orders");
		this.service.emulator.createQueue("orders", EntityOptions.builder().maxMessageSize(50_000).build());
		this.service.emulator.faults().detachLinks("orders", FaultError.detachForced());
		this.service.run();
		assertThatExceptionOfType(MessageSizeExceededException.class)
			.isThrownBy(() -> this.service.await(this.sender.sendAsync(batch)))
			.withMessageContaining("50000");
		assertThat(count()).isZero();
		assertThat(this.service.await(this.sender.createMessageBatchAsync()).maxSizeInBytes()).isEqualTo(50_000);
	}

	@ParameterizedTest
	@CsvSource({ "amqp:link:message-size-exceeded, MessageSizeExceededException",
			"amqp:not-allowed, MessageSendFailedException", "com.microsoft:argument-error, MessageSendFailedException",
			"amqp:resource-limit-exceeded, ServiceBusQuotaExceededException",
			"com.microsoft:entity-disabled, MessagingEntityDisabledException",
			"amqp:unauthorized-access, ServiceBusAuthorizationException" })
	void f35HopelessSendIsTriedOnce(String condition, String exception) {
		this.service.emulator.faults().onSend("orders").always().refuse(FaultError.of(condition));
		Duration before = now();
		assertThatExceptionOfType(ServiceBusException.class).isThrownBy(() -> send("1"))
			.satisfies((failure) -> assertThat(failure.getClass().getSimpleName()).isEqualTo(exception))
			.satisfies((failure) -> assertThat(failure.isTransient()).isFalse())
			.withMessageContaining(condition);
		assertThat(this.service.emulator.faults().log()).hasSize(1);
		assertThat(now().minus(before)).isLessThanOrEqualTo(Duration.ofMillis(250));
	}

	@Test
	void busyBrokerIsGivenTime() {
		this.service.emulator.faults().onSend("orders").next(1).refuse(FaultError.serverBusy());
		Duration before = now();
		send("1");
		assertThat(now().minus(before)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
		assertThat(count()).isOne();
	}

	@Test
	void everyEndOfASendFreesItsPartOfTheBuffer() {
		Random random = new Random(11);
		try (ServiceBusClient small = ServiceBusClient.builder()
			.connectionString(this.service.emulator.connectionString())
			.network(this.service.network)
			.executor(Runnable::run)
			.random(random)
			.sendBufferBytes(10_000)
			.build()) {
			ServiceBusSender bounded = small.sender("orders").withTimeout(Duration.ofSeconds(3));
			for (int i = 0; i < 60; i++) {
				CompletableFuture<Void> send = sendIntoTrouble(small, bounded, i % 6);
				this.service.advance(Duration.ofSeconds(4));
				assertThat(send).as("send %s, %s", i, this.service).isDone();
				this.service.emulator.faults().clear();
			}
			List<CompletableFuture<Void>> burst = new ArrayList<>();
			for (int i = 0; i < 7; i++) {
				burst.add(bounded.sendAsync(ServiceBusMessage.of(new byte[600])));
			}
			burst.forEach(this.service::await);
		}
	}

	private CompletableFuture<Void> sendIntoTrouble(ServiceBusClient client, ServiceBusSender to, int kind) {
		switch (kind) {
			case 0 -> this.service.emulator.faults().onSend("orders").next(1).swallowAnswer();
			case 1 -> this.service.emulator.faults().onSend("orders").always().refuse(FaultError.internalError());
			case 2 -> this.service.emulator.faults().onSend("orders").next(1).refuse(FaultError.of("amqp:not-allowed"));
			case 3 -> this.service.emulator.faults().onSend("orders").next(1).dropInsteadOfAnswering();
			case 4 -> {
				ServiceBusTransaction over = this.service.await(client.beginTransactionAsync());
				this.service.await(over.rollBackAsync());
				return to.inTransaction(over).sendAsync(ServiceBusMessage.of(new byte[300]));
			}
			default -> this.service.network.resetAll();
		}
		return to.sendAsync(ServiceBusMessage.of(new byte[300]));
	}

	private void send(String body) {
		this.service.await(this.sender.sendAsync(ServiceBusMessage.of(body)));
	}

	private int count() {
		return this.service.emulator.queue("orders").messages().size();
	}

	private Duration now() {
		return this.service.network.time().elapsed();
	}

}
