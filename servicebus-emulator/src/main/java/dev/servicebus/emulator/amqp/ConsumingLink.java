package dev.servicebus.emulator.amqp;

import java.util.Map;
import java.util.UUID;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.SenderSettleMode;
import dev.servicebus.amqp.codec.AmqpWriter;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.IncomingLink;
import dev.servicebus.amqp.endpoint.OutgoingDelivery;
import dev.servicebus.amqp.endpoint.SenderLink;
import dev.servicebus.emulator.amqp.message.DeliveryTag;
import dev.servicebus.emulator.amqp.message.MessageWriter;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.delivery.Consumer;
import dev.servicebus.emulator.delivery.ConsumerRegistration;
import dev.servicebus.emulator.delivery.ReceiveMode;
import dev.servicebus.emulator.entity.ReceivableEntity;
import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link on which a client receives messages of an entity. The client's credit is the
 * demand, so a message is written only when it can be sent.
 */
final class ConsumingLink implements SenderLink.Listener, Consumer {

	private static final Logger logger = LoggerFactory.getLogger(ConsumingLink.class);

	private final ReceivableEntity source;

	private final ReceiveMode receiveMode;

	private final SenderLink link;

	private final ConsumerRegistration registration;

	private long deliveries;

	private ConsumingLink(IncomingLink incoming, ReceivableEntity source) {
		Attach attach = incoming.attach();
		this.source = source;
		this.receiveMode = (attach.senderSettleMode() == SenderSettleMode.SETTLED) ? ReceiveMode.RECEIVE_AND_DELETE
				: ReceiveMode.PEEK_LOCK;
		this.registration = source.register(this);
		Attach answer = attach.withProperties(Map.of()).withMaxMessageSize(source.maxMessageSize());
		this.link = incoming.acceptSender(answer, this);
	}

	/**
	 * Accepts a link.
	 * @throws BrokerException if the entity does not take consumers; the link is then not
	 * answered
	 */
	static SenderLink accept(IncomingLink incoming, ReceivableEntity source) {
		return new ConsumingLink(incoming, source).link;
	}

	@Override
	public ReceiveMode receiveMode() {
		return this.receiveMode;
	}

	@Override
	public int demand() {
		return this.link.credit();
	}

	/**
	 * A fault in writing a message ends this link, and not the connection of whoever has
	 * sent it just now.
	 */
	@Override
	public void deliver(BrokerMessage message) {
		try {
			AmqpWriter encoded = MessageWriter.write(message);
			UUID token = message.lockToken();
			this.deliveries++;
			byte[] tag = (token != null) ? DeliveryTag.of(token) : DeliveryTag.ofUnlocked(this.deliveries);
			this.link.send(tag, 0, encoded.buffer(), 0, encoded.size(), token == null, null, token);
		}
		catch (RuntimeException ex) {
			logger.error("The emulator failed to deliver message {} of {}", message.sequenceNumber(),
					this.source.path(), ex);
			this.link.close(Failure.INTERNAL_ERROR.error("The emulator has failed: " + ex.getClass().getName()));
		}
	}

	@Override
	public void ended(BrokerException reason) {
		this.link.close(Failure.of(reason.error()).error(reason.getMessage()));
	}

	@Override
	public void onCredit(SenderLink sender) {
		this.registration.demandChanged();
		if (sender.isDraining()) {
			sender.drained();
		}
	}

	@Override
	public void onDisposition(SenderLink sender, OutgoingDelivery delivery, @Nullable DeliveryState state,
			boolean settled) {
		// Settling is harmless if the client has settled and does not wait for an answer.
		if (state instanceof DeliveryState.Transactional) {
			delivery.settle(SettlementReader.NO_TRANSACTIONS);
		}
		else if (state != null && SettlementReader.isOutcome(state) && delivery.context() instanceof UUID token) {
			delivery.settle(settle(token, state));
		}
	}

	private DeliveryState settle(UUID token, DeliveryState outcome) {
		try {
			this.source.settle(token, SettlementReader.read(outcome));
			return SettlementReader.confirmation(outcome);
		}
		catch (BrokerException ex) {
			logger.debug("A settlement on {} is refused: {}", this.source.path(), ex.getMessage());
			return new DeliveryState.Rejected(Failure.of(ex.error()).error(ex.getMessage()));
		}
	}

	/**
	 * Locks outlive the link: they are released by their expiry.
	 */
	@Override
	public void onClosed(AmqpLink closed, AmqpLink.LinkEnd end) {
		this.registration.cancel();
	}

}
