package dev.servicebus.template;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.support.GenericMessage;

import dev.servicebus.client.MessagingClient;
import dev.servicebus.client.SessionReceiver;
import dev.servicebus.converter.ServiceBusMessageConverter;

/**
 * Reads and writes what is stored with sessions. Each call accepts the session and gives
 * it back.
 */
final class SessionStates {

	private final MessagingClient client;

	private final ServiceBusMessageConverter converter;

	SessionStates(MessagingClient client, ServiceBusMessageConverter converter) {
		this.client = client;
		this.converter = converter;
	}

	<T> @Nullable T get(String destination, String sessionId, Class<T> type) {
		try (SessionReceiver receiver = accept(destination, sessionId)) {
			byte[] state = receiver.session().getState();
			return (state != null) ? fromBytes(state, type) : null;
		}
	}

	void set(String destination, String sessionId, @Nullable Object state) {
		byte[] bytes = (state != null) ? toBytes(state) : null;
		try (SessionReceiver receiver = accept(destination, sessionId)) {
			receiver.session().setState(bytes);
		}
	}

	private SessionReceiver accept(String destination, String sessionId) {
		return this.client.acceptSession(ReceiverAddress.parse(destination), sessionId);
	}

	private <T> T fromBytes(byte[] state, Class<T> type) {
		Object value = this.converter.payloadConverter().fromMessage(new GenericMessage<>(state), type);
		if (value == null) {
			throw new MessageConversionException("No converter makes a " + type.getName() + " of a session state");
		}
		return type.cast(value);
	}

	private byte[] toBytes(Object state) {
		Message<?> encoded = this.converter.payloadConverter().toMessage(state, new MessageHeaders(Map.of()));
		if (encoded == null || !(encoded.getPayload() instanceof byte[] bytes)) {
			throw new MessageConversionException(
					"No converter makes bytes of a session state of type " + state.getClass().getName());
		}
		return bytes;
	}

}
