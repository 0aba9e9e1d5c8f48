package dev.servicebus.emulator.sdk;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusException;
import com.azure.messaging.servicebus.ServiceBusFailureReason;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusMessageBatch;
import com.azure.messaging.servicebus.ServiceBusReceivedMessage;
import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.ServiceBusTransactionContext;
import com.azure.messaging.servicebus.models.AbandonOptions;
import com.azure.messaging.servicebus.models.CompleteOptions;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import com.azure.messaging.servicebus.models.DeferOptions;
import dev.servicebus.emulator.QueueView;
import dev.servicebus.emulator.StoredMessage;
import dev.servicebus.emulator.entity.EntityOptions;
import dev.servicebus.emulator.entity.EntityStatus;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SdkTransactionTests {

	private static SdkNamespace namespace;

	private final QueueView queue = namespace.newQueue();

	private final ServiceBusSenderClient sender = namespace.sender(this.queue);

	@BeforeAll
	static void start() {
		namespace = new SdkNamespace();
	}

	@AfterAll
	static void stop() throws Exception {
		namespace.close();
	}

	@Test
	void sentMessagesArriveWithTheCommit() {
		ServiceBusTransactionContext transaction = this.sender.createTransaction();
		this.sender.sendMessage(new ServiceBusMessage("1"), transaction);
		this.sender.sendMessages(List.of(new ServiceBusMessage("2"), new ServiceBusMessage("3")), transaction);
		ServiceBusMessageBatch batch = this.sender.createMessageBatch();
		batch.tryAddMessage(new ServiceBusMessage("4"));
		batch.tryAddMessage(new ServiceBusMessage("5"));
		this.sender.sendMessages(batch, transaction);
		assertThat(this.queue.messages()).isEmpty();
		this.sender.commitTransaction(transaction);
		assertThat(this.queue.messages()).extracting(StoredMessage::bodyAsString)
			.containsExactly("1", "2", "3", "4", "5");
	}

	@Test
	void rolledBackMessagesNeverExisted() {
		ServiceBusTransactionContext transaction = this.sender.createTransaction();
		this.sender.sendMessage(new ServiceBusMessage("1"), transaction);
		this.sender.rollbackTransaction(transaction);
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void messageIsSettledAndItsAnswerSentAsOne() {
		namespace.send(this.queue, "question");
		ServiceBusReceiverClient receiver = namespace.receiver(this.queue);
		ServiceBusReceivedMessage question = SdkNamespace.receiveOne(receiver);
		ServiceBusTransactionContext transaction = receiver.createTransaction();
		receiver.complete(question, new CompleteOptions().setTransactionContext(transaction));
		this.sender.sendMessage(new ServiceBusMessage("answer"), transaction);
		assertThat(this.queue.messages()).singleElement()
			.satisfies((message) -> assertThat(message.isLocked()).isTrue());
		receiver.commitTransaction(transaction);
		assertThat(this.queue.messages()).extracting(StoredMessage::bodyAsString).containsExactly("answer");
	}

	@Test
	void everySettlementTakesPart() {
		namespace.send(this.queue, "abandon", "defer", "deadLetter", "complete");
		ServiceBusReceiverClient receiver = namespace.receiver(this.queue);
		ServiceBusTransactionContext transaction = receiver.createTransaction();
		for (int i = 0; i < 4; i++) {
			ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
			switch (message.getBody().toString()) {
				case "abandon" -> receiver.abandon(message, new AbandonOptions().setTransactionContext(transaction));
				case "defer" -> receiver.defer(message, new DeferOptions().setTransactionContext(transaction));
				case "deadLetter" -> receiver.deadLetter(message,
						new DeadLetterOptions().setDeadLetterReason("bad").setTransactionContext(transaction));
				default -> receiver.complete(message, new CompleteOptions().setTransactionContext(transaction));
			}
		}
		assertThat(this.queue.counts().locked()).isEqualTo(4);
		receiver.commitTransaction(transaction);
		assertThat(this.queue.counts().active()).isOne();
		assertThat(this.queue.counts().deferred()).isOne();
		assertThat(this.queue.deadLetters()).singleElement()
			.satisfies((message) -> assertThat(message.deadLetterReason()).isEqualTo("bad"));
		assertThat(SdkNamespace.receiveOne(receiver).getDeliveryCount()).isOne();
	}

	@Test
	void rolledBackDeliveryStaysLockedAndComesBack() {
		namespace.send(this.queue, "m");
		ServiceBusReceiverClient receiver = namespace.receiver(this.queue);
		ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
		ServiceBusTransactionContext transaction = receiver.createTransaction();
		receiver.complete(message, new CompleteOptions().setTransactionContext(transaction));
		receiver.rollbackTransaction(transaction);
		assertThat(this.queue.messages()).singleElement().satisfies((stored) -> assertThat(stored.isLocked()).isTrue());
		namespace.emulator.clock().advance(Duration.ofSeconds(61));
		assertThat(SdkNamespace.receiveOne(receiver).getDeliveryCount()).isOne();
	}

	@Test
	void deferredMessageIsSettledThroughManagementInATransaction() {
		namespace.send(this.queue, "m");
		ServiceBusReceiverClient receiver = namespace.receiver(this.queue);
		ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
		receiver.defer(message);
		ServiceBusReceivedMessage deferred = receiver.receiveDeferredMessage(message.getSequenceNumber());
		ServiceBusTransactionContext transaction = receiver.createTransaction();
		receiver.complete(deferred, new CompleteOptions().setTransactionContext(transaction));
		assertThat(this.queue.messages()).hasSize(1);
		receiver.commitTransaction(transaction);
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void scheduledMessageExistsFromTheCommitOnUnderItsNumber() {
		OffsetDateTime later = namespace.emulator.clock().instant().atOffset(ZoneOffset.UTC).plusHours(1);
		ServiceBusTransactionContext transaction = this.sender.createTransaction();
		long number = this.sender.scheduleMessage(new ServiceBusMessage("m"), later, transaction);
		assertThat(this.queue.counts().scheduled()).isZero();
		this.sender.commitTransaction(transaction);
		assertThat(this.queue.counts().scheduled()).isOne();
		this.sender.cancelScheduledMessage(number);
		assertThat(this.queue.counts().scheduled()).isZero();
	}

	@Test
	void severalEntitiesTakePartInACrossEntityTransaction() {
		QueueView target = namespace.newQueue();
		QueueView other = namespace.newQueue();
		namespace.send(this.queue, "m");
		ServiceBusClientBuilder builder = SdkNamespace.builder(namespace.emulator.connectionString())
			.enableCrossEntityTransactions();
		ServiceBusReceiverClient receiver = namespace
			.closeLater(builder.receiver().queueName(this.queue.path()).disableAutoComplete().buildClient());
		ServiceBusSenderClient first = namespace.closeLater(builder.sender().queueName(target.path()).buildClient());
		ServiceBusSenderClient second = namespace.closeLater(builder.sender().queueName(other.path()).buildClient());
		ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
		ServiceBusTransactionContext transaction = receiver.createTransaction();
		first.sendMessage(new ServiceBusMessage("a"), transaction);
		second.sendMessage(new ServiceBusMessage("b"), transaction);
		receiver.complete(message, new CompleteOptions().setTransactionContext(transaction));
		assertThat(target.messages()).isEmpty();
		assertThat(other.messages()).isEmpty();
		receiver.commitTransaction(transaction);
		assertThat(this.queue.messages()).isEmpty();
		assertThat(target.messages()).hasSize(1);
		assertThat(other.messages()).hasSize(1);
	}

	@Test
	void messageOfASessionIsSettledInATransaction() {
		QueueView sessions = namespace.newQueue(EntityOptions.builder().requiresSession(true).build());
		namespace.sender(sessions).sendMessage(new ServiceBusMessage("m").setSessionId("a"));
		ServiceBusReceiverClient receiver = namespace.closeLater(namespace.closeLater(
				namespace.builder().sessionReceiver().queueName(sessions.path()).disableAutoComplete().buildClient())
			.acceptSession("a"));
		ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
		ServiceBusTransactionContext transaction = receiver.createTransaction();
		receiver.complete(message, new CompleteOptions().setTransactionContext(transaction));
		assertThat(sessions.messages()).hasSize(1);
		receiver.commitTransaction(transaction);
		assertThat(sessions.messages()).isEmpty();
	}

	@Test
	void transactionTimesOutAfterTwoMinutes() {
		ServiceBusTransactionContext transaction = this.sender.createTransaction();
		this.sender.sendMessage(new ServiceBusMessage("m"), transaction);
		namespace.emulator.clock().advance(Duration.ofMinutes(2));
		assertRefused("amqp:transaction:timeout", () -> this.sender.commitTransaction(transaction));
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void unknownTransactionIsRefused() throws Exception {
		var constructor = ServiceBusTransactionContext.class.getDeclaredConstructor(ByteBuffer.class);
		constructor.setAccessible(true);
		ServiceBusTransactionContext unknown = constructor.newInstance(ByteBuffer.wrap(new byte[16]));
		this.sender.createTransaction();
		assertRefused("amqp:transaction:unknown-id", () -> this.sender.commitTransaction(unknown));
		assertRefused("amqp:transaction:unknown-id", () -> this.sender.rollbackTransaction(unknown));
	}

	@Test
	void refusalThatTheSdkOverlooksComesWithTheCommit() {
		QueueView other = namespace.newQueue();
		ServiceBusSenderClient otherSender = namespace.sender(other);
		ServiceBusTransactionContext transaction = this.sender.createTransaction();
		otherSender.sendMessage(new ServiceBusMessage("first"), transaction);
		other.update(EntityOptions.builder().status(EntityStatus.DISABLED).build());
		otherSender.sendMessage(new ServiceBusMessage("refused"), transaction);
		this.sender.sendMessage(new ServiceBusMessage("good"), transaction);
		assertRefused("amqp:transaction:rollback", () -> this.sender.commitTransaction(transaction));
		assertThat(this.queue.messages()).isEmpty();
	}

	@Test
	void lostLockIsRefusedAtOnceAndTheRestGoesOn() {
		namespace.send(this.queue, "m");
		ServiceBusReceiverClient receiver = namespace.receiver(this.queue);
		ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
		ServiceBusTransactionContext transaction = receiver.createTransaction();
		this.sender.sendMessage(new ServiceBusMessage("n"), transaction);
		namespace.emulator.clock().advance(Duration.ofSeconds(61));
		assertThatThrownBy(() -> receiver.complete(message, new CompleteOptions().setTransactionContext(transaction)))
			.isInstanceOfSatisfying(ServiceBusException.class,
					(ex) -> assertThat(ex.getReason()).isEqualTo(ServiceBusFailureReason.MESSAGE_LOCK_LOST));
		receiver.commitTransaction(transaction);
		assertThat(this.queue.messages()).hasSize(2);
	}

	@Test
	void lockOfASettledMessageLastsUntilTheCommit() {
		namespace.send(this.queue, "m");
		ServiceBusReceiverClient receiver = namespace.receiver(this.queue);
		ServiceBusReceivedMessage message = SdkNamespace.receiveOne(receiver);
		ServiceBusTransactionContext transaction = receiver.createTransaction();
		receiver.complete(message, new CompleteOptions().setTransactionContext(transaction));
		namespace.emulator.clock().advance(Duration.ofSeconds(90));
		receiver.commitTransaction(transaction);
		assertThat(this.queue.messages()).isEmpty();
	}

	private static void assertRefused(String condition, ThrowingCallable call) {
		Throwable failure = catchThrowable(call);
		assertThat(failure).isNotNull();
		Throwable cause = failure;
		while (cause != null && !(cause instanceof AmqpException)) {
			cause = cause.getCause();
		}
		assertThat(String.valueOf(failure) + cause).as("%s", failure).contains(condition);
	}

}
