package dev.servicebus.emulator.amqp;

import java.nio.charset.StandardCharsets;

import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.Properties;

/**
 * Messages to send.
 */
final class TestMessages {

	private TestMessages() {
	}

	static AmqpMessage withId(String id) {
		return builder(id).build();
	}

	static AmqpMessage.Builder builder(String id) {
		return AmqpMessage.builder()
			.properties(Properties.builder().messageId(id).build())
			.data(("body of " + id).getBytes(StandardCharsets.UTF_8));
	}

	static AmqpMessage ofSize(int bytes) {
		return AmqpMessage.builder().data(new byte[bytes]).build();
	}

}
