package dev.servicebus.emulator.amqp;

import java.time.InstantSource;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.endpoint.AmqpLink;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.endpoint.ReceiverLink;
import dev.servicebus.emulator.amqp.message.MessageReader;
import dev.servicebus.emulator.amqp.request.Failure;
import dev.servicebus.emulator.amqp.request.LinkCredit;
import dev.servicebus.emulator.entity.SendableEntity;
import dev.servicebus.emulator.store.BrokerError;
import dev.servicebus.emulator.store.BrokerException;
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

	PublishingLink(SendableEntity target, InstantSource clock) {
		this.target = target;
		this.clock = clock;
	}

	/**
	 * Lets the client send.
	 */
	static void start(ReceiverLink link) {
		CREDIT.topUp(link);
	}

	@Override
	public void onDelivery(ReceiverLink link, IncomingDelivery delivery) {
		if (delivery.initialState() instanceof DeliveryState.Transactional) {
			delivery.settle(SettlementReader.NO_TRANSACTIONS);
			CREDIT.topUp(link);
			return;
		}
		try {
			store(delivery);
			delivery.settle(DeliveryState.Accepted.INSTANCE);
		}
		catch (BrokerException ex) {
			refuse(delivery, Failure.of(ex.error()), ex.getMessage());
			if (ex.error() == BrokerError.ENTITY_NOT_FOUND) {
				link.close(Failure.ENTITY_NOT_FOUND.error(ex.getMessage()));
			}
		}
		catch (AmqpDecodeException ex) {
			refuse(delivery, Failure.DECODE_ERROR, "Malformed message: " + ex.getMessage());
		}
		CREDIT.topUp(link);
	}

	@Override
	public void onClosed(AmqpLink link, AmqpLink.LinkEnd end) {
	}

	private void store(IncomingDelivery delivery) {
		if (MessageReader.isBatch(delivery.messageFormat())) {
			this.target.enqueue(MessageReader.readBatch(delivery.payload(), this.clock.instant()));
		}
		else {
			this.target.enqueue(MessageReader.read(delivery.payload(), this.clock.instant()));
		}
	}

	/**
	 * A client that has settled before does not want to know.
	 */
	private void refuse(IncomingDelivery delivery, Failure failure, @Nullable String text) {
		logger.debug("A message to {} is refused with {}: {}", this.target.path(), failure, text);
		delivery.settle(new DeliveryState.Rejected(failure.error(text)));
	}

}
