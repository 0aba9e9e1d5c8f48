package dev.servicebus.emulator.amqp;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.servicebus.amqp.DeliveryState;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.EncodedMessage;
import dev.servicebus.amqp.message.MessageBody;
import dev.servicebus.amqp.message.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The two links of a raw client to a node that answers requests.
 */
final class TestNode {

	final TestSender requests;

	final TestReceiver replies;

	private final String replyTo;

	private int ids;

	/** What requests belong to, if they belong to a transaction. */
	@Nullable DeliveryState state;

	TestNode(TestSender requests, TestReceiver replies, String replyTo) {
		this.requests = requests;
		this.replies = replies;
		this.replyTo = replyTo;
	}

	EncodedMessage request(String operation, Object body) {
		return request(operation, Map.of(), body);
	}

	EncodedMessage request(String operation, Map<String, ?> further, Object body) {
		return request("request-" + ++this.ids, this.replyTo, properties(operation, further), body);
	}

	/**
	 * Sends a request and returns the response to it.
	 */
	EncodedMessage request(Object messageId, @Nullable String to, Map<String, ?> properties, Object body) {
		int before = this.replies.deliveries.size();
		Object outcome = this.requests.send(0,
				AmqpMessage.builder()
					.properties(Properties.builder().messageId(messageId).replyTo(to).build())
					.applicationProperties(properties)
					.value(body)
					.build()
					.encode(),
				this.state);
		if (this.replies.deliveries.size() != before + 1) {
			throw new AssertionError("Expected one response but got " + (this.replies.deliveries.size() - before)
					+ "; the request became " + outcome);
		}
		return this.replies.lastMessage();
	}

	static Map<String, Object> properties(String operation, Map<String, ?> further) {
		Map<String, Object> properties = new LinkedHashMap<>(further);
		properties.put("operation", operation);
		return properties;
	}

	static Map<?, ?> body(EncodedMessage response) {
		return (Map<?, ?>) ((MessageBody.Value) response.body()).value();
	}

	static int status(EncodedMessage response) {
		return (Integer) response.applicationProperties().get("statusCode");
	}

}
