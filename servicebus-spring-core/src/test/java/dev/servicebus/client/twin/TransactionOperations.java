package dev.servicebus.client.twin;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import com.azure.messaging.servicebus.ServiceBusReceiverClient;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import com.azure.messaging.servicebus.ServiceBusTransactionContext;
import com.azure.messaging.servicebus.models.AbandonOptions;
import com.azure.messaging.servicebus.models.CompleteOptions;
import com.azure.messaging.servicebus.models.DeadLetterOptions;
import com.azure.messaging.servicebus.models.DeferOptions;
import dev.servicebus.client.Disposition;
import dev.servicebus.client.ReceiverOptions;
import dev.servicebus.client.ServiceBusReceiver;
import dev.servicebus.client.ServiceBusSender;
import dev.servicebus.client.ServiceBusTransaction;
import dev.servicebus.client.amqp.ServiceBusClient;

/**
 * Transactions.
 */
final class TransactionOperations {

	private static final OffsetDateTime LATER = OffsetDateTime.parse("2040-01-02T03:04:05Z");

	private TransactionOperations() {
	}

	static List<TwinOperation> all() {
		return List.of(
				TwinOperation.of("send and commit", TransactionOperations::theirSends, TransactionOperations::ourSends),
				TwinOperation.of("send and roll back", (theirs) -> {
					ServiceBusSenderClient sender = theirs.sender(TwinOperation.QUEUE);
					ServiceBusTransactionContext transaction = sender.createTransaction();
					sender.sendMessage(SendOperations.theirs("1"), transaction);
					sender.rollbackTransaction(transaction);
				}, (ours) -> {
					ServiceBusTransaction transaction = ours.beginTransaction();
					ours.sender(TwinOperation.QUEUE).inTransaction(transaction).send(SendOperations.ours("1"));
					transaction.rollBack();
				}),
				TwinOperation
					.of("settle in a transaction", TransactionOperations::theirSettlements,
							TransactionOperations::ourSettlements)
					.afterSending(4),
				TwinOperation
					.of("settle a deferred message in a transaction", TransactionOperations::theirDeferred,
							TransactionOperations::ourDeferred)
					.afterSending(1));
	}

	private static void theirSends(TheirClients clients) {
		ServiceBusSenderClient sender = clients.sender(TwinOperation.QUEUE);
		ServiceBusTransactionContext transaction = sender.createTransaction();
		sender.sendMessage(SendOperations.theirs("1"), transaction);
		sender.sendMessages(List.of(SendOperations.theirs("2"), SendOperations.theirs("3")), transaction);
		sender.scheduleMessage(SendOperations.theirs("4"), LATER, transaction);
		sender.commitTransaction(transaction);
	}

	private static void ourSends(ServiceBusClient client) {
		ServiceBusTransaction transaction = client.beginTransaction();
		ServiceBusSender sender = client.sender(TwinOperation.QUEUE).inTransaction(transaction);
		sender.send(SendOperations.ours("1"));
		sender.send(List.of(SendOperations.ours("2"), SendOperations.ours("3")));
		sender.schedule(SendOperations.ours("4"), LATER);
		transaction.commit();
	}

	private static void theirSettlements(TheirClients clients) {
		ServiceBusReceiverClient receiver = clients.receiver();
		ServiceBusTransactionContext transaction = receiver.createTransaction();
		receiver.complete(clients.receiveOne(receiver), new CompleteOptions().setTransactionContext(transaction));
		receiver.abandon(clients.receiveOne(receiver), new AbandonOptions().setTransactionContext(transaction));
		receiver.defer(clients.receiveOne(receiver), new DeferOptions().setTransactionContext(transaction));
		receiver.deadLetter(clients.receiveOne(receiver), new DeadLetterOptions().setTransactionContext(transaction));
		receiver.commitTransaction(transaction);
	}

	private static void ourSettlements(ServiceBusClient client) {
		ServiceBusReceiver receiver = client.receiver(ReceiverOptions.queue(TwinOperation.QUEUE));
		ServiceBusTransaction transaction = client.beginTransaction();
		for (Disposition disposition : List.of(new Disposition.Complete(), new Disposition.Abandon(Map.of()),
				new Disposition.Defer(Map.of()), new Disposition.DeadLetter(null, null, Map.of()))) {
			receiver.settle(ReceiveOperations.receiveOne(receiver), disposition, transaction);
		}
		transaction.commit();
	}

	private static void theirDeferred(TheirClients clients) {
		ServiceBusReceiverClient receiver = clients.receiver();
		var message = clients.receiveOne(receiver);
		receiver.defer(message);
		ServiceBusTransactionContext transaction = receiver.createTransaction();
		receiver.complete(receiver.receiveDeferredMessage(message.getSequenceNumber()),
				new CompleteOptions().setTransactionContext(transaction));
		receiver.commitTransaction(transaction);
	}

	private static void ourDeferred(ServiceBusClient client) {
		ServiceBusReceiver receiver = client.receiver(ReceiverOptions.queue(TwinOperation.QUEUE));
		var message = ReceiveOperations.receiveOne(receiver);
		receiver.defer(message);
		ServiceBusTransaction transaction = client.beginTransaction();
		receiver.settle(receiver.receiveDeferred(List.of(message.sequenceNumber())).get(0), new Disposition.Complete(),
				transaction);
		transaction.commit();
	}

}
