package dev.servicebus.emulator.amqp;

import java.util.Collections;
import java.util.Map;

import dev.servicebus.amqp.Attach;
import dev.servicebus.amqp.ReceiverSettleMode;
import dev.servicebus.amqp.SenderSettleMode;
import dev.servicebus.amqp.Terminus;
import dev.servicebus.amqp.message.AmqpMessage;
import dev.servicebus.amqp.message.Properties;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * What a raw client says about sessions.
 */
final class TestSessions {

	static final Symbol FILTER = Symbol.of("com.microsoft:session-filter");

	static final Symbol TIMEOUT = Symbol.of("com.microsoft:timeout");

	private static int links;

	private TestSessions() {
	}

	/**
	 * Attaches a receiver with the value of a session filter.
	 */
	static TestReceiver accept(TestClient client, @Nullable Object filter) {
		return client.attachReceiver(attach(filter));
	}

	static Attach attach(@Nullable Object filter) {
		return Attach.receiver("session-" + ++links,
				new Terminus.Source("orders", Collections.singletonMap(FILTER, filter)), new Terminus.Target("me"),
				SenderSettleMode.UNSETTLED, ReceiverSettleMode.SECOND);
	}

	static Attach waitingFor(long millis) {
		return attach(null).withProperties(Map.of(TIMEOUT, millis));
	}

	static void send(TestClient client, String sessionId, String... ids) {
		TestSender sender = client.attachSender("orders");
		for (String id : ids) {
			sender.send(message(sessionId, id));
		}
	}

	private static AmqpMessage message(String sessionId, String id) {
		return AmqpMessage.builder()
			.properties(Properties.builder().messageId(id).groupId(sessionId).build())
			.data(new byte[1])
			.build();
	}

	/**
	 * The value of the session filter in the broker's answer.
	 */
	static @Nullable Object given(TestReceiver receiver) {
		return receiver.link.peer().source().filters().get(FILTER);
	}

}
