package dev.servicebus.client.amqp;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.client.Disposition;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusException;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.client.retry.RetryMode;
import dev.servicebus.client.retry.RetryOptions;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Retry options of one sender or receiver. The client's are four attempts in 30 seconds.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OwnRetryOptionsTests {

	private static final RetryOptions TWO_ATTEMPTS = RetryOptions.builder()
		.maxAttempts(2)
		.mode(RetryMode.FIXED)
		.delay(Duration.ofSeconds(1))
		.jitter(0)
		.tryTimeout(Duration.ofSeconds(5))
		.build();

	private static final ReceiverOptions ORDERS = ReceiverOptions.queue("orders").withRetryOptions(TWO_ATTEMPTS);

	private final SimulatedService service = SimulatedService.of(1,
			ServiceBusEmulator.builder()
				.queue("orders")
				.queue("sessions", EntityOptions.builder().requiresSession(true).build()));

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void senderTriesAsOftenAsItsOwnOptionsSay() {
		this.service.emulator.faults().onSend("orders").always().refuse(FaultError.internalError());
		ServiceBusSender sender = this.service.client.sender("orders");
		assertFails(sender.withRetryOptions(TWO_ATTEMPTS).sendAsync(ServiceBusMessage.of("a")),
				ServiceBusException.class);
		assertThat(this.service.emulator.faults().log()).hasSize(2);
		assertFails(sender.sendAsync(ServiceBusMessage.of("a")), ServiceBusException.class);
		assertThat(this.service.emulator.faults().log()).as("four by the client's").hasSize(6);
	}

	@Test
	void receiverTriesAsOftenAsItsOwnOptionsSay() {
		this.service.emulator.faults().onRequest("orders").always().refuse(FaultError.internalError());
		assertFails(this.service.client.receiver(ORDERS).peekAsync(1, 0), ServiceBusException.class);
		assertThat(this.service.emulator.faults().log()).hasSize(2);
		assertFails(this.service.client.receiver(ReceiverOptions.queue("orders")).peekAsync(1, 0),
				ServiceBusException.class);
		assertThat(this.service.emulator.faults().log()).as("four by the client's").hasSize(6);
	}

	@Test
	void timeLimitIsThatOfItsOwnOptions() {
		this.service.send("orders", "a");
		ServiceBusReceiver receiver = this.service.client.receiver(ORDERS);
		ServiceBusReceivedMessage message = this.service.await(receiver.receiveAsync(1, Duration.ofSeconds(1))).get(0);
		this.service.emulator.faults().onSettle("orders").always().ignore();
		this.service.emulator.faults().onSend("orders").always().ignore();
		this.service.emulator.faults().onRequest("orders").always().ignore();
		assertEndsInFiveSeconds(message.completeAsync(), UnknownOutcomeException.class);
		assertEndsInFiveSeconds(receiver.receiveDeferredAsync(List.of(1L)), ServiceBusException.class);
		assertEndsInFiveSeconds(this.service.client.sender("orders")
			.withRetryOptions(TWO_ATTEMPTS)
			.sendAsync(ServiceBusMessage.of("b")), UnknownOutcomeException.class);
		assertEndsInFiveSeconds(receiver.peekAsync(1, 0), OperationTimeoutException.class);
	}

	@Test
	void sessionReceiverHasItsOwnOptionsToo() {
		SessionReceiver receiver = this.service.await(this.service.client
			.acceptSessionAsync(ReceiverOptions.queue("sessions").withRetryOptions(TWO_ATTEMPTS), "A"));
		this.service.emulator.faults().onRequest("sessions").always().ignore();
		assertEndsInFiveSeconds(receiver.session().getStateAsync(), OperationTimeoutException.class);
	}

	@Test
	void receiverWithItsOwnOptionsTakesPartInTransactions() {
		this.service.send("orders", "a");
		ServiceBusReceiver receiver = this.service.client.receiver(ORDERS);
		ServiceBusReceivedMessage message = this.service.await(receiver.receiveAsync(1, Duration.ofSeconds(1))).get(0);
		ServiceBusTransaction transaction = this.service.await(this.service.client.beginTransactionAsync());
		this.service.await(receiver.settleAsync(message, new Disposition.Complete(), transaction));
		this.service.await(transaction.commitAsync());
		assertThat(this.service.emulator.queue("orders").messages()).isEmpty();
	}

	private void assertEndsInFiveSeconds(CompletableFuture<?> future, Class<? extends Exception> failure) {
		Duration before = this.service.network.time().elapsed();
		assertFails(future, failure);
		assertThat(this.service.network.time().elapsed().minus(before)).isBetween(Duration.ofSeconds(5),
				Duration.ofSeconds(6));
	}

	private void assertFails(CompletableFuture<?> future, Class<? extends Exception> failure) {
		assertThatExceptionOfType(failure).isThrownBy(() -> this.service.await(future));
	}

}
