package dev.servicebus.template;

import org.jspecify.annotations.Nullable;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.converter.PayloadCodec;
import dev.servicebus.converter.ServiceBusMessageConverter;

/**
 * Reads and writes what is stored with sessions. Each call accepts the session and gives
 * it back.
 */
final class SessionStates {

	private final MessagingClient client;

	private final PayloadCodec codec;

	SessionStates(MessagingClient client, ServiceBusMessageConverter converter) {
		this.client = client;
		this.codec = new PayloadCodec(converter.payloadConverter(), "a session state");
	}

	<T> @Nullable T get(String destination, String sessionId, Class<T> type) {
		try (SessionReceiver receiver = accept(destination, sessionId)) {
			byte[] state = receiver.session().getState();
			return (state != null) ? this.codec.read(state, type) : null;
		}
	}

	void set(String destination, String sessionId, @Nullable Object state) {
		byte[] bytes = (state != null) ? this.codec.write(state) : null;
		try (SessionReceiver receiver = accept(destination, sessionId)) {
			receiver.session().setState(bytes);
		}
	}

	private SessionReceiver accept(String destination, String sessionId) {
		return this.client.acceptSession(ReceiverAddress.parse(destination), sessionId);
	}

}
