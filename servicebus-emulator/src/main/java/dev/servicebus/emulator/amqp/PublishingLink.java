package dev.servicebus.emulator.amqp;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.emulator.amqp.message.MessageReader;
import dev.servicebus.emulator.amqp.message.WireMessage;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.LinkCredit;
import dev.servicebus.emulator.amqp.transaction.ClientTransactions;
import dev.servicebus.emulator.entity.SendableEntity;
import dev.servicebus.emulator.entity.Sender;
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
final class PublishingLink implements ReceiverLink.Listener, Sender {

	private static final Logger logger = LoggerFactory.getLogger(PublishingLink.class);

	private static final LinkCredit CREDIT = new LinkCredit(1000);

	private final SendableEntity target;

	private final InstantSource clock;

	private final ClientTransactions transactions;

	private final ReceiverLink link;

	private final Registration registration;

	private PublishingLink(IncomingLink incoming, SendableEntity target, InstantSource clock,
			ClientTransactions transactions) {
		this.target = target;
		this.clock = clock;
		this.transactions = transactions;
		this.registration = target.register(this);
		this.link = incoming.acceptReceiver(
				incoming.attach().withProperties(Map.of()).withMaxMessageSize(target.maxMessageSize()), this);
	}

	/**
	 * Accepts a link and lets the client send.
	 * @throws BrokerException if the entity does not take messages; the link is then not
	 * answered
	 */
	static ReceiverLink accept(IncomingLink incoming, SendableEntity target, InstantSource clock,
			ClientTransactions transactions) {
		target.checkSending();
		ReceiverLink accepted = new PublishingLink(incoming, target, clock, transactions).link;
		CREDIT.topUp(accepted);
		return accepted;
	}

	@Override
	public void ended(BrokerException reason) {
		this.link.close(Failure.of(reason.error()).error(reason.getMessage()));
	}

	@Override
	public void onDelivery(ReceiverLink receiver, IncomingDelivery delivery) {
		Transaction transaction = null;
		try {
			transaction = this.transactions.of(delivery.initialState());
			store(delivery, transaction);
			settle(delivery, transaction, DeliveryState.Accepted.INSTANCE);
		}
		catch (BrokerException ex) {
			refuse(delivery, transaction, ex);
		}
		catch (AmqpDecodeException ex) {
			refuse(delivery, transaction,
					new BrokerException(BrokerError.MALFORMED_MESSAGE, "Malformed message: " + ex.getMessage()));
		}
		CREDIT.topUp(receiver);
	}

	/**
	 * The link refuses the message itself, but knows nothing of transactions.
	 */
	@Override
	public void onTooLarge(ReceiverLink receiver, IncomingDelivery delivery) {
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
	public void onClosed(AmqpLink closed, AmqpLink.LinkEnd end) {
		this.registration.cancel();
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
