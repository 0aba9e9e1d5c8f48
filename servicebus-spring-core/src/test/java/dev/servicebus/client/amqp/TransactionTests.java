package dev.servicebus.client.amqp;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.servicebus.amqp.simulation.Direction;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.MessageLockLostException;
import dev.servicebus.client.MessageNotFoundException;
import dev.servicebus.client.OperationTimeoutException;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusMessageBatch;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusServerBusyException;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.client.TransactionException;
import dev.servicebus.client.UnknownOutcomeException;
import dev.servicebus.emulator.ServiceBusEmulator;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.fault.FaultError;
import dev.servicebus.emulator.fault.FiredFault;
import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a program sees of transactions while nothing but its own work fails.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TransactionTests {

	private final SimulatedService service = SimulatedService.of(1,
			ServiceBusEmulator.builder()
				.queue("orders", EntityOptions.builder().lockDuration(Duration.ofMinutes(5)).build())
				.queue("invoices")
				.queue("audit"));

	private final ServiceBusReceiver orders = this.service.client.receiver(ReceiverOptions.queue("orders"));

	private final ServiceBusTransaction transaction = this.service.await(this.service.client.beginTransactionAsync());

	@AfterEach
	void close() {
		this.service.close();
	}

	@Test
	void workOnSeveralEntitiesIsDoneByTheCommitAndNotBefore() {
		ServiceBusReceivedMessage order = receiveOrder("o1");
		send("invoices", "i1");
		send("audit", "a1");
		complete(order);
		this.service.run();
		assertThat(count("invoices") + count("audit")).isZero();
		assertThat(count("orders")).isOne();

		commit();
		assertThat(count("invoices")).isOne();
		assertThat(count("audit")).isOne();
		assertThat(count("orders")).isZero();
	}

	@Test
	void everyWayOfSendingTakesPart() {
		ServiceBusSender sender = this.service.client.sender("invoices").inTransaction(this.transaction);
		ServiceBusMessageBatch batch = this.service.await(sender.createMessageBatchAsync());
		batch.add(ServiceBusMessage.of("1"));
		batch.add(ServiceBusMessage.of("2"));
		this.service.await(sender.sendAsync(batch));
		this.service.await(sender.sendAsync(List.of(ServiceBusMessage.of("3"), ServiceBusMessage.of("4"))));
		this.service.await(sender.withTimeout(Duration.ofSeconds(5)).sendAsync(ServiceBusMessage.of("5")));
		long number = this.service.await(sender.scheduleAsync(ServiceBusMessage.of("6"), inAMinute()));
		this.service.run();
		assertThat(count("invoices")).isZero();

		commit();
		assertThat(count("invoices")).isEqualTo(6);
		this.service.await(this.service.client.sender("invoices").cancelScheduledAsync(number));
		assertThat(count("invoices")).isEqualTo(5);
	}

	@Test
	void everyDispositionTakesPart() {
		List<Disposition> dispositions = List.of(new Disposition.Complete(), new Disposition.Abandon(Map.of()),
				new Disposition.Defer(Map.of()), new Disposition.DeadLetter("bad", "really", Map.of()));
		this.service.send("orders", "0", "1", "2", "3");
		List<ServiceBusReceivedMessage> messages = this.service
			.await(this.orders.receiveAsync(4, Duration.ofSeconds(1)));
		for (int i = 0; i < messages.size(); i++) {
			this.service.await(this.orders.settleAsync(messages.get(i), dispositions.get(i), this.transaction));
		}
		assertThat(count("orders")).isEqualTo(4);

		commit();
		assertThat(this.service.emulator.queue("orders").deadLetters()).hasSize(1);
		List<ServiceBusReceivedMessage> again = this.service.await(this.orders.receiveAsync(4, Duration.ofSeconds(1)));
		assertThat(again).extracting(ServiceBusReceivedMessage::bodyAsString).containsExactly("1");
		assertThat(this.service.await(this.orders.receiveDeferredAsync(List.of(messages.get(2).sequenceNumber()))))
			.hasSize(1);
	}

	@Test
	void rolledBackWorkIsNotDoneAndMessagesCanBeSettledAgain() {
		ServiceBusReceivedMessage order = receiveOrder("o1");
		send("invoices", "i1");
		complete(order);
		this.service.await(this.transaction.rollBackAsync());
		this.service.run();
		assertThat(count("invoices")).isZero();
		assertThat(count("orders")).isOne();

		this.service.await(this.orders.settleAsync(order, new Disposition.Complete()));
		assertThat(count("orders")).isZero();
	}

	@Test
	void messageIsSettledInOneTransactionAfterAnother() {
		ServiceBusReceivedMessage order = receiveOrder("o1");
		complete(order);
		this.service.await(this.transaction.rollBackAsync());

		ServiceBusTransaction second = this.service.await(this.service.client.beginTransactionAsync());
		this.service.await(this.orders.settleAsync(order, new Disposition.Complete(), second));
		assertThat(count("orders")).isOne();
		this.service.await(second.commitAsync());
		assertThat(count("orders")).isZero();
	}

	@Test
	void deferredMessageIsSettledInATransaction() {
		ServiceBusReceivedMessage order = receiveOrder("o1");
		this.service.await(this.orders.settleAsync(order, new Disposition.Defer(Map.of())));
		ServiceBusReceivedMessage deferred = this.service
			.await(this.orders.receiveDeferredAsync(List.of(order.sequenceNumber())))
			.get(0);
		complete(deferred);
		this.service.await(this.transaction.rollBackAsync());
		assertThat(count("orders")).isOne();

		ServiceBusTransaction second = this.service.await(this.service.client.beginTransactionAsync());
		this.service.await(this.orders.settleAsync(deferred, new Disposition.Complete(), second));
		this.service.await(second.commitAsync());
		assertThat(count("orders")).isZero();
	}

	@Test
	void closedTransactionIsRolledBack() {
		ServiceBusReceivedMessage order = receiveOrder("o1");
		complete(order);
		send("invoices", "i1");
		this.transaction.close();
		this.service.run();
		assertThat(count("invoices")).isZero();

		this.service.await(this.orders.settleAsync(order, new Disposition.Complete()));
		assertThatExceptionOfType(TransactionException.class).isThrownBy(this::commit)
			.withMessageContaining("rolled back");
	}

	@Test
	void commitWaitsForTheWorkUnderWay() {
		ServiceBusSender sender = this.service.client.sender("invoices").inTransaction(this.transaction);
		List<CompletableFuture<Void>> sends = List.of(sender.sendAsync(ServiceBusMessage.of("1")),
				sender.sendAsync(ServiceBusMessage.of("2")));
		CompletableFuture<Void> commit = this.transaction.commitAsync();
		CompletableFuture<Void> late = sender.sendAsync(ServiceBusMessage.of("3"));
		this.service.await(commit);

		assertThat(sends).allSatisfy((send) -> assertThat(send).isCompletedWithValue(null));
		assertThat(count("invoices")).isEqualTo(2);
		assertThatExceptionOfType(TransactionException.class).isThrownBy(() -> this.service.await(late));
	}

	@Test
	void repeatedEndsAgreeWithTheFirst() {
		send("invoices", "i1");
		commit();
		commit();
		assertThatExceptionOfType(TransactionException.class)
			.isThrownBy(() -> this.service.await(this.transaction.rollBackAsync()))
			.withMessageContaining("committed before");
		this.transaction.close();
		this.service.run();
		assertThat(count("invoices")).isOne();
	}

	@Test
	void refusedWorkSurfacesAtOnceAndAtTheCommit() {
		this.service.emulator.faults().onSend("audit").next(1).refuse(FaultError.serverBusy());
		send("invoices", "i1");
		assertThatExceptionOfType(ServiceBusServerBusyException.class).isThrownBy(() -> send("audit", "a1"));
		assertThatExceptionOfType(TransactionException.class).isThrownBy(this::commit)
			.withMessageContaining("server-busy")
			.withCauseInstanceOf(ServiceBusServerBusyException.class);
		this.service.run();
		assertThat(count("invoices") + count("audit")).isZero();
	}

	@Test
	void failedSettlementOrScheduleFailsTheCommitToo() {
		ServiceBusReceivedMessage order = receiveOrder("o1");
		this.service.emulator.faults().onSettle("orders").next(1).refuse(FaultError.messageLockLost());
		send("invoices", "i1");
		assertThatExceptionOfType(MessageLockLostException.class).isThrownBy(() -> complete(order));
		assertThatExceptionOfType(TransactionException.class).isThrownBy(this::commit);

		ServiceBusTransaction second = this.service.await(this.service.client.beginTransactionAsync());
		this.service.emulator.faults()
			.onRequest("invoices", "com.microsoft:schedule-message")
			.next(1)
			.refuse(FaultError.internalError());
		ServiceBusSender sender = this.service.client.sender("invoices").inTransaction(second);
		assertThat(sender.scheduleAsync(ServiceBusMessage.of("x"), inAMinute())).satisfies((schedule) -> {
			this.service.run();
			assertThat(schedule).isCompletedExceptionally();
		});
		assertThatExceptionOfType(TransactionException.class).isThrownBy(() -> this.service.await(second.commitAsync()))
			.withMessageContaining("internal-error");
		assertThat(count("invoices")).isZero();
	}

	@Test
	void transactionThatTakesTooLongIsNotCommitted() {
		send("invoices", "i1");
		this.service.advance(Duration.ofMinutes(3));
		assertThatExceptionOfType(TransactionException.class).isThrownBy(this::commit)
			.withMessageContaining("amqp:transaction:timeout");
		assertThat(count("invoices")).isZero();
	}

	@Test
	void workInATransactionThatHasTakenTooLongIsRefused() {
		send("invoices", "i1");
		this.service.advance(Duration.ofMinutes(3));
		assertThatExceptionOfType(TransactionException.class).isThrownBy(() -> send("invoices", "i2"));
		assertThat(count("invoices")).isZero();
	}

	@Test
	void manyTransactionsAreOpenAtTheSameTime() {
		ServiceBusTransaction second = this.service.await(this.service.client.beginTransactionAsync());
		send("invoices", "first");
		this.service.await(
				this.service.client.sender("invoices").inTransaction(second).sendAsync(ServiceBusMessage.of("second")));
		this.service.await(second.rollBackAsync());
		commit();
		assertThat(this.service.emulator.queue("invoices").messages()).singleElement()
			.satisfies((message) -> assertThat(message.bodyAsString()).isEqualTo("first"));
	}

	@Test
	void whatDoesNotBelongToTransactionsIsRefused() {
		ServiceBusSender sender = this.service.client.sender("invoices").inTransaction(this.transaction);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> sender.cancelScheduledAsync(List.of(1L)));
		ServiceBusClient other = this.service.client(this.service.emulator.connectionString());
		assertThatIllegalArgumentException().isThrownBy(() -> other.sender("invoices").inTransaction(this.transaction))
			.withMessageContaining("another client");
		other.close();
	}

	@Test
	void timeLimitOfItsOwnHoldsForItsBeginningAndItsEnd() {
		ServiceBusTransaction hasty = this.service
			.await(this.service.client.beginTransactionAsync(Duration.ofSeconds(3)));
		this.service.network.blackhole(Direction.BOTH);
		Duration before = this.service.network.time().elapsed();
		CompletableFuture<ServiceBusTransaction> next = this.service.client
			.beginTransactionAsync(Duration.ofSeconds(4));
		CompletableFuture<Void> committed = hasty.commitAsync();
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.service.await(committed));
		assertThat(this.service.network.time().elapsed().minus(before)).isBetween(Duration.ofSeconds(3),
				Duration.ofMillis(3500));
		assertThatExceptionOfType(OperationTimeoutException.class).isThrownBy(() -> this.service.await(next))
			.withMessageContaining("4000 ms");
		assertThat(this.service.network.time().elapsed().minus(before)).isBetween(Duration.ofSeconds(4),
				Duration.ofMillis(4500));
		assertThatIllegalArgumentException().isThrownBy(() -> this.service.client.beginTransactionAsync(Duration.ZERO));
		this.service.network.heal();
	}

	@Test
	void cancelledBeginningLeavesNoTransaction() {
		CompletableFuture<ServiceBusTransaction> beginning = this.service.client.beginTransactionAsync();
		beginning.cancel(false);
		this.service.run();
		send("invoices", "i1");
		commit();
		assertThat(count("invoices")).isOne();
	}

	@Test
	void scheduledMessageOfARolledBackTransactionDoesNotExist() {
		ServiceBusSender sender = this.service.client.sender("invoices");
		long number = this.service
			.await(sender.inTransaction(this.transaction).scheduleAsync(ServiceBusMessage.of("s"), inAMinute()));
		this.service.await(this.transaction.rollBackAsync());
		assertThatExceptionOfType(MessageNotFoundException.class)
			.isThrownBy(() -> this.service.await(sender.cancelScheduledAsync(number)));
	}

	@Test
	void sessionMessageIsSettledInATransaction() {
		this.service.emulator.createQueue("steps", EntityOptions.builder().requiresSession(true).build());
		this.service.await(this.service.client.sender("steps")
			.sendAsync(ServiceBusMessage.builder().body("1").sessionId("s").build()));
		SessionReceiver session = this.service
			.await(this.service.client.acceptSessionAsync(ReceiverOptions.queue("steps"), "s"));
		ServiceBusReceivedMessage step = this.service.await(session.receiveAsync(1, Duration.ofSeconds(1))).get(0);
		this.service.await(session.settleAsync(step, new Disposition.Complete(), this.transaction));
		this.service.await(this.transaction.rollBackAsync());
		assertThat(count("steps")).isOne();

		ServiceBusTransaction second = this.service.await(this.service.client.beginTransactionAsync());
		this.service.await(session.settleAsync(step, new Disposition.Complete(), second));
		this.service.await(second.commitAsync());
		assertThat(count("steps")).isZero();
	}

	@Test
	void coordinatorComesFirstWhereTransactionsSpanEntities() {
		try (ServiceBusClient crossing = ServiceBusClient.builder()
			.connectionString(this.service.emulator.connectionString())
			.network(this.service.network)
			.executor(Runnable::run)
			.crossEntityTransactions()
			.build()) {
			this.service.emulator.faults().onAttach("$coordinator").always().delayAnswer(Duration.ofMillis(1));
			this.service.emulator.faults().onAttachSender("audit").always().delayAnswer(Duration.ofMillis(1));
			for (int i = 0; i < 3; i++) {
				this.service.await(crossing.sender("audit").sendAsync(ServiceBusMessage.of("a")));
				ServiceBusTransaction spanning = this.service.await(crossing.beginTransactionAsync());
				for (String queue : List.of("invoices", "audit")) {
					this.service.await(
							crossing.sender(queue).inTransaction(spanning).sendAsync(ServiceBusMessage.of("spanning")));
				}
				this.service.await(spanning.commitAsync());
				this.service.network.resetAll();
				this.service.run();
			}
			assertThat(this.service.emulator.faults().log()).extracting(FiredFault::entity)
				.startsWith("$coordinator", "audit", "$coordinator", "audit", "$coordinator", "audit");
			assertThat(count("invoices")).isEqualTo(3);
			assertThat(count("audit")).isEqualTo(6);
		}
	}

	private ServiceBusReceivedMessage receiveOrder(String body) {
		this.service.send("orders", body);
		return this.service.await(this.orders.receiveAsync(1, Duration.ofSeconds(1))).get(0);
	}

	private void send(String queue, String body) {
		this.service.await(this.service.client.sender(queue)
			.inTransaction(this.transaction)
			.sendAsync(ServiceBusMessage.of(body)));
	}

	private void complete(ServiceBusReceivedMessage message) {
		this.service.await(this.orders.settleAsync(message, new Disposition.Complete(), this.transaction));
	}

	private void commit() {
		this.service.await(this.transaction.commitAsync());
	}

	private int count(String queue) {
		return this.service.emulator.queue(queue).messages().size();
	}

	private OffsetDateTime inAMinute() {
		return this.service.network.time().clock().instant().atOffset(ZoneOffset.UTC).plusMinutes(1);
	}

}
