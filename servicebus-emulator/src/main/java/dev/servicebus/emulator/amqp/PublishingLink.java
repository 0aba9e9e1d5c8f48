package dev.servicebus.emulator.amqp;

import java.time.InstantSource;
import java.util.List;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.emulator.amqp.message.MessageReader;
import dev.servicebus.emulator.amqp.message.WireMessage;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.LinkCredit;
import dev.servicebus.emulator.amqp.transaction.ClientTransactions;
import dev.servicebus.emulator.entity.SendableEntity;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.transaction.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link on which a client sends messages to an entity. A batch has one outcome for all
 * its messages.
 */
final class PublishingLink implements ReceiverLink.Listener {

	private static final Logger logger = LoggerFactory.getLogger(PublishingLink.class);

	private static final LinkCredit CREDIT = new LinkCredit(1000);

	private final SendableEntity target;

	private final InstantSource clock;

	private final ClientTransactions transactions;

	PublishingLink(SendableEntity target, InstantSource clock, ClientTransactions transactions) {
		this.target = target;
		this.clock = clock;
		this.transactions = transactions;
	}

	/**
	 * Lets the client send.
	 */
	static void start(ReceiverLink link) {
		CREDIT.topUp(link);
	}

	@Override
	public void onDelivery(ReceiverLink link, IncomingDelivery delivery) {
		Transaction transaction = null;
		try {
			transaction = this.transactions.of(delivery.initialState());
			store(delivery, transaction);
			settle(delivery, transaction, DeliveryState.Accepted.INSTANCE);
		}
		catch (BrokerException ex) {
			refuse(delivery, transaction, ex);
			if (ex.error() == BrokerError.ENTITY_NOT_FOUND) {
				link.close(Failure.ENTITY_NOT_FOUND.error(ex.getMessage()));
			}
		}
		catch (AmqpDecodeException ex) {
			refuse(delivery, transaction,
					new BrokerException(BrokerError.MALFORMED_MESSAGE, "Malformed message: " + ex.getMessage()));
		}
		CREDIT.topUp(link);
	}

	/**
	 * The link refuses the message itself, but knows nothing of transactions.
	 */
	@Override
	public void onTooLarge(ReceiverLink link, IncomingDelivery delivery) {
		try {
			Transaction transaction = this.transactions.of(delivery.initialState());
			if (transaction != null) {
				transaction.fail(new BrokerException(BrokerError.MESSAGE_SIZE_EXCEEDED,
						"A message to '" + this.target.path() + "' is larger than a link takes."));
			}
		}
		catch (BrokerException ex) {
			logger.debug("A message that is too large belongs to no transaction: {}", ex.getMessage());
		}
	}

	@Override
	public void onClosed(AmqpLink link, AmqpLink.LinkEnd end) {
	}

	private void store(IncomingDelivery delivery, @Nullable Transaction transaction) {
		if (MessageReader.isBatch(delivery.messageFormat())) {
			List<WireMessage> messages = MessageReader.readBatch(delivery.payload(), this.clock.instant());
			if (transaction != null) {
				transaction.send(this.target, messages);
			}
			else {
				this.target.enqueue(messages);
			}
			return;
		}
		WireMessage message = MessageReader.read(delivery.payload(), this.clock.instant());
		if (transaction != null) {
			transaction.send(this.target, List.of(message));
		}
		else {
			this.target.enqueue(message);
		}
	}

	/**
	 * A client that has settled before does not want to know; but a transaction must not
	 * be committed without the message.
	 */
	private void refuse(IncomingDelivery delivery, @Nullable Transaction transaction, BrokerException reason) {
		Failure failure = Failure.of(reason.error());
		logger.debug("A message to {} is refused with {}: {}", this.target.path(), failure, reason.getMessage());
		if (transaction != null) {
			transaction.fail(reason);
		}
		settle(delivery, transaction, new DeliveryState.Rejected(failure.error(reason.getMessage())));
	}

	private static void settle(IncomingDelivery delivery, @Nullable Transaction transaction, DeliveryState outcome) {
		delivery.settle((transaction != null) ? ClientTransactions.answer(delivery.initialState(), outcome) : outcome);
	}

}
