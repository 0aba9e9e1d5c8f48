package dev.servicebus.emulator.amqp.request;

import java.util.Map;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.codec.AmqpDecodeException;
import dev.servicebus.amqp.endpoint.IncomingDelivery;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.MessageBody;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived. Immutable.
 *
 * @param messageId what the response refers to, of any type that AMQP allows
 * @param replyTo where the response is expected; opaque, and not every client says it
 * @param applicationProperties the operation and what goes with it
 * @param body the value in the body, {@code null} if it is of another kind
 * @param transactionId the transaction to which it belongs, {@code null} for none
 */
public record Request(@Nullable Object messageId, @Nullable String replyTo,
		Map<String, @Nullable Object> applicationProperties, @Nullable Object body, byte @Nullable [] transactionId) {

	private static final String OPERATION = "operation";

	/**
	 * Reads a request.
	 * @throws AmqpDecodeException if it is malformed
	 */
	static Request read(IncomingDelivery delivery) {
		EncodedMessage message = EncodedMessage.of(delivery.payload());
		byte[] transactionId = (delivery.initialState() instanceof DeliveryState.Transactional work)
				? work.transactionId() : null;
		Object body = (message.body() instanceof MessageBody.Value value) ? value.value() : null;
		return new Request(message.properties().messageId(), message.properties().replyTo(),
				message.applicationProperties(), body, transactionId);
	}

	/**
	 * What is to be done, empty if the request does not say it.
	 */
	public String operation() {
		String operation = text(OPERATION);
		return (operation != null) ? operation : "";
	}

	/**
	 * An application property as text.
	 */
	public @Nullable String text(String property) {
		Object value = this.applicationProperties.get(property);
		return (value != null) ? value.toString() : null;
	}

}
