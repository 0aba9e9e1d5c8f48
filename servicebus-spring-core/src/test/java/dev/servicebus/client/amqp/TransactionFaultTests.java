package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.TransactionException;
import dev.servicebus.client.UnknownOutcomeException;
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
 * Transactions that lose a link or the connection, at each of their steps (F52): nothing
 * is done in part, nothing is done outside of them, and every step ends.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TransactionFaultTests {

	private final SimulatedService service = SimulatedService.of(1,
			ServiceBusEmulator.builder()
				.queue("orders", EntityOptions.builder().lockDuration(Duration.ofMinutes(5)).build())
				.queue("invoices"));

	private final ServiceBusReceiver orders = this.service.client.receiver(ReceiverOptions.queue("orders"));

	private final ServiceBusSender invoices = this.service.client.sender("invoices");

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void transactionIsBegunOnTheNextConnectionWhenTheFirstIsLost() {
		CompletableFuture<ServiceBusTransaction> beginning = this.service.client.beginTransactionAsync();
		this.service.advance(Duration.ofMillis(5));
		this.service.network.resetAll();
		ServiceBusTransaction transaction = this.service.await(beginning);
		send(transaction, "i1");
		this.service.await(transaction.commitAsync());
		assertThat(count("invoices")).isOne();
	}

	@Test
	void lostAnswerToADeclarationCostsAnotherOne() {
		begin().close();
		this.service.network.blackhole(Direction.TO_DIALER);
		CompletableFuture<ServiceBusTransaction> beginning = this.service.client.beginTransactionAsync();
		this.service.run();
		this.service.network.resetAll();
		this.service.network.heal();
		ServiceBusTransaction transaction = this.service.await(beginning);
		send(transaction, "i1");
		this.service.await(transaction.commitAsync());
		assertThat(count("invoices")).isOne();
	}

	@Test
	void refusedCoordinatorIsAttachedAgain() {
		this.service.emulator.faults().onAttach("$coordinator").next(2).refuse(FaultError.internalError());
		this.service.await(begin().commitAsync());
		assertThat(this.service.emulator.faults().log()).hasSize(2);
	}

	@Test
	void transactionCannotBeBegunWithoutABroker() {
		this.service.network.refuseConnections();
		assertThatExceptionOfType(OperationTimeoutException.class).isThrownBy(this::begin)
			.withMessageContaining("begin transaction")
			.withMessageContaining("30000 ms");
		this.service.network.heal();
		this.service.await(begin().commitAsync());
	}

	@Test
	void connectionLostAfterTheDeclarationRefusesAllWork() {
		ServiceBusTransaction transaction = begin();
		loseConnection();
		assertThatExceptionOfType(TransactionException.class).isThrownBy(() -> send(transaction, "i1"))
			.withMessageContaining("given up");
		assertThatExceptionOfType(TransactionException.class)
			.isThrownBy(() -> this.service.await(transaction.commitAsync()));
		this.service.advance(Duration.ofMinutes(1));
		assertThat(count("invoices")).isZero();
	}

	@Test
	void connectionLostBeforeTheDischargeUndoesEverything() {
		ServiceBusReceivedMessage order = receiveOrder();
		ServiceBusTransaction transaction = begin();
		send(transaction, "i1");
		settle(order, transaction);
		loseConnection();
		assertThatExceptionOfType(TransactionException.class)
			.isThrownBy(() -> this.service.await(transaction.commitAsync()));
		this.service.await(transaction.rollBackAsync());
		this.service.advance(Duration.ofSeconds(5));
		assertThat(count("invoices")).isZero();
		assertThat(count("orders")).isOne();

		this.service.await(this.orders.settleAsync(order, new Disposition.Complete()));
		assertThat(count("orders")).isZero();
	}

	@Test
	void workThatWaitsForItsLinkIsNotSentOnTheNextConnection() {
		ServiceBusTransaction transaction = begin();
		this.service.emulator.faults().onAttachSender("invoices").always().ignore();
		CompletableFuture<Void> send = this.invoices.inTransaction(transaction).sendAsync(ServiceBusMessage.of("i1"));
		this.service.run();
		this.service.emulator.faults().clear();
		loseConnection();
		assertThatExceptionOfType(TransactionException.class).isThrownBy(() -> this.service.await(send));
		this.service.advance(Duration.ofMinutes(1));
		assertThat(count("invoices")).isZero();
	}

	@Test
	void lostAnswerToTheCommitIsUnknownAndEverythingWasDone() {
		ServiceBusReceivedMessage order = receiveOrder();
		ServiceBusTransaction transaction = begin();
		send(transaction, "i1");
		settle(order, transaction);
		this.service.network.blackhole(Direction.TO_DIALER);
		CompletableFuture<Void> commit = transaction.commitAsync();
		this.service.run();
		loseConnection();
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.service.await(commit))
			.withMessageContaining("commit");
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> this.service.await(transaction.rollBackAsync()));
		assertThat(count("invoices")).isOne();
		assertThat(count("orders")).isZero();
	}

	@Test
	void commitThatNeverReachedTheBrokerIsUnknownAndNothingWasDone() {
		ServiceBusTransaction transaction = begin();
		send(transaction, "i1");
		this.service.network.blackhole(Direction.TO_LISTENER);
		CompletableFuture<Void> commit = transaction.commitAsync();
		this.service.run();
		loseConnection();
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.service.await(commit));
		assertThat(count("invoices")).isZero();
	}

	@Test
	void commitWithoutAnAnswerEndsInTime() {
		ServiceBusTransaction transaction = begin();
		send(transaction, "i1");
		this.service.network.connections().forEach((connection) -> connection.blackhole(Direction.TO_DIALER));
		Duration before = this.service.network.time().elapsed();
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> this.service.await(transaction.commitAsync()));
		assertThat(this.service.network.time().elapsed().minus(before)).isLessThanOrEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void lostAnswerToARollBackDoesNotMatter() {
		ServiceBusTransaction transaction = begin();
		send(transaction, "i1");
		this.service.network.blackhole(Direction.TO_DIALER);
		CompletableFuture<Void> rollBack = transaction.rollBackAsync();
		this.service.run();
		loseConnection();
		this.service.await(rollBack);
		assertThat(count("invoices")).isZero();
	}

	@Test
	void lostCoordinatorLinkUndoesEverythingWhileTheConnectionStays() {
		ServiceBusReceivedMessage order = receiveOrder();
		ServiceBusTransaction transaction = begin();
		send(transaction, "i1");
		settle(order, transaction);
		int connections = this.service.network.connections().size();
		this.service.emulator.faults().detachLinks("$coordinator", FaultError.detachForced());
		this.service.run();
		assertThat(this.service.network.connections()).hasSize(connections);
		assertThatExceptionOfType(TransactionException.class).isThrownBy(() -> send(transaction, "i2"))
			.withMessageContaining("detach-forced");
		assertThatExceptionOfType(TransactionException.class)
			.isThrownBy(() -> this.service.await(transaction.commitAsync()));
		assertThat(count("invoices")).isZero();

		ServiceBusTransaction second = begin();
		send(second, "i2");
		this.service.await(this.orders.settleAsync(order, new Disposition.Complete(), second));
		this.service.await(second.commitAsync());
		assertThat(count("invoices")).isOne();
		assertThat(count("orders")).isZero();
	}

	@Test
	void sendWhoseAnswerWasLostWithItsLinkFailsTheCommit() {
		ServiceBusTransaction transaction = begin();
		send(transaction, "i1");
		this.service.emulator.faults().onSend("invoices").next(1).detach(FaultError.detachForced());
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> send(transaction, "i2"));
		assertThatExceptionOfType(TransactionException.class)
			.isThrownBy(() -> this.service.await(transaction.commitAsync()));
		this.service.advance(Duration.ofMinutes(1));
		assertThat(count("invoices")).isZero();
	}

	@Test
	void sendWithoutAnAnswerFailsTheCommit() {
		ServiceBusTransaction transaction = begin();
		this.service.emulator.faults().onSend("invoices").next(1).swallowAnswer();
		ServiceBusSender hasty = this.invoices.inTransaction(transaction).withTimeout(Duration.ofSeconds(2));
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> this.service.await(hasty.sendAsync(ServiceBusMessage.of("i1"))));
		assertThatExceptionOfType(TransactionException.class)
			.isThrownBy(() -> this.service.await(transaction.commitAsync()));
		assertThat(count("invoices")).isZero();
	}

	@Test
	void senderLinkLostBetweenTwoSendsIsAttachedAgainInTheSameTransaction() {
		ServiceBusTransaction transaction = begin();
		send(transaction, "i1");
		this.service.emulator.faults().detachLinks("invoices", FaultError.detachForced());
		this.service.run();
		send(transaction, "i2");
		this.service.await(transaction.commitAsync());
		assertThat(count("invoices")).isEqualTo(2);
	}

	@Test
	void messageIsSettledByItsTokenInTheTransactionAfterItsLinkWasLost() {
		ServiceBusReceivedMessage order = receiveOrder();
		ServiceBusTransaction transaction = begin();
		this.service.emulator.faults().detachLinks("orders", FaultError.detachForced());
		this.service.run();
		settle(order, transaction);
		assertThat(count("orders")).isOne();
		this.service.await(transaction.commitAsync());
		assertThat(count("orders")).isZero();
	}

	@Test
	void settlementWhoseAnswerWasLostWithItsLinkFailsTheCommit() {
		ServiceBusReceivedMessage order = receiveOrder();
		ServiceBusTransaction transaction = begin();
		this.service.emulator.faults().onSettle("orders").next(1).detach(FaultError.detachForced());
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> settle(order, transaction));
		assertThatExceptionOfType(TransactionException.class)
			.isThrownBy(() -> this.service.await(transaction.commitAsync()));
		this.service.await(this.orders.settleAsync(order, new Disposition.Complete()));
		assertThat(count("orders")).isZero();
	}

	@Test
	void scheduleWhoseAnswerWasLostFailsTheCommit() {
		ServiceBusTransaction transaction = begin();
		this.service.emulator.faults().onRequest("invoices", "com.microsoft:schedule-message").next(1).swallowAnswer();
		ServiceBusSender sender = this.invoices.inTransaction(transaction).withTimeout(Duration.ofSeconds(2));
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> this.service.await(sender.scheduleAsync(List.of(ServiceBusMessage.of("s")),
					this.service.network.time().clock().instant().atOffset(ZoneOffset.UTC).plusHours(1))));
		assertThatExceptionOfType(TransactionException.class)
			.isThrownBy(() -> this.service.await(transaction.commitAsync()));
		assertThat(count("invoices")).isZero();
	}

	@Test
	void closedClientEndsItsTransactions() {
		ServiceBusTransaction transaction = begin();
		send(transaction, "i1");
		this.service.client.close();
		this.service.run();
		assertThatExceptionOfType(TransactionException.class)
			.isThrownBy(() -> this.service.await(transaction.commitAsync()));
		assertThat(count("invoices")).isZero();
	}

	private ServiceBusTransaction begin() {
		return this.service.await(this.service.client.beginTransactionAsync());
	}

	private ServiceBusReceivedMessage receiveOrder() {
		this.service.send("orders", "o1");
		return this.service.await(this.orders.receiveAsync(1, Duration.ofSeconds(1))).get(0);
	}

	private void send(ServiceBusTransaction transaction, String body) {
		this.service.await(this.invoices.inTransaction(transaction).sendAsync(ServiceBusMessage.of(body)));
	}

	private void settle(ServiceBusReceivedMessage message, ServiceBusTransaction transaction) {
		this.service.await(this.orders.settleAsync(message, new Disposition.Complete(), transaction));
	}

	private void loseConnection() {
		this.service.network.resetAll();
		this.service.network.heal();
		this.service.run();
	}

	private int count(String queue) {
		return this.service.emulator.queue(queue).messages().size();
	}

}
