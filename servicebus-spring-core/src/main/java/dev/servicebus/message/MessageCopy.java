package dev.servicebus.message;

import java.util.List;
import java.util.Set;

import dev.servicebus.amqp.message.MessageBody;

/**
 * Makes messages to be sent of received ones.
 */
final class MessageCopy {

	/** What the broker says of dead-lettered messages in application properties. */
	private static final Set<String> OF_THE_BROKER = Set.of("DeadLetterReason", "DeadLetterErrorDescription");

	private MessageCopy() {
	}

	static ServiceBusMessage of(ServiceBusReceivedMessage received) {
		ServiceBusMessage.Builder copy = ServiceBusMessage.builder()
			.messageId(received.messageId())
			.sessionId(received.sessionId())
			.partitionKey(received.partitionKey())
			.contentType(received.contentType())
			.contentEncoding(received.contentEncoding())
			.correlationId(received.correlationId())
			.subject(received.subject())
			.to(received.to())
			.replyTo(received.replyTo())
			.replyToSessionId(received.replyToSessionId())
			.timeToLive(received.timeToLive());
		received.applicationProperties().forEach((name, value) -> {
			if (!OF_THE_BROKER.contains(name)) {
				copy.applicationProperty(name, value);
			}
		});
		return body(copy, received.body()).build();
	}

	private static ServiceBusMessage.Builder body(ServiceBusMessage.Builder copy, MessageBody body) {
		if (body instanceof MessageBody.Data data) {
			return (data.sections().size() > 1) ? copy.data(data.sections()) : copy.body(data.bytes());
		}
		if (body instanceof MessageBody.Sequence sequence) {
			return copy.sequence(sequence.sections().stream().flatMap(List::stream).toList());
		}
		return copy.value(((MessageBody.Value) body).value());
	}

}
