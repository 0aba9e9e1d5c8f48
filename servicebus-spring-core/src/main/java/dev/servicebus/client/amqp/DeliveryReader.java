package dev.servicebus.client.amqp;

import java.util.Map;
import java.util.UUID;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.type.Symbol;
import dev.servicebus.client.error.VendorCondition;
import dev.servicebus.message.InvalidLockTokenException;
import dev.servicebus.message.LockToken;
import dev.servicebus.message.ServiceBusReceivedMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes messages of what arrives. Nobody can handle what is not a message: it goes to the
 * dead-letter queue, where it can be looked at.
 */
final class DeliveryReader {

	private static final Logger logger = LoggerFactory.getLogger(DeliveryReader.class);

	private static final DeliveryState UNDECODABLE = new DeliveryState.Rejected(
			new AmqpError(VendorCondition.DEAD_LETTER, null, Map.of(Symbol.of("DeadLetterReason"), "DecodeError",
					Symbol.of("DeadLetterErrorDescription"), "The message cannot be decoded.")));

	private final ReceiverContext context;

	DeliveryReader(ReceiverContext context) {
		this.context = context;
	}

	/**
	 * Reads a message.
	 * @return {@code null} if it is none and has been settled
	 */
	@Nullable ServiceBusReceivedMessage read(IncomingDelivery delivery) {
		try {
			UUID lockToken = this.context.isPeekLock() ? LockToken.ofDeliveryTag(delivery.tag()) : null;
			return ServiceBusReceivedMessage.of(EncodedMessage.of(delivery.payload()), lockToken);
		}
		catch (AmqpDecodeException | InvalidLockTokenException ex) {
			logger.warn("A message of '{}' cannot be decoded and is dead-lettered: {}", this.context.options().path(),
					ex.getMessage());
			if (!delivery.isRemotelySettled()) {
				delivery.settle(UNDECODABLE);
			}
			return null;
		}
	}

}
