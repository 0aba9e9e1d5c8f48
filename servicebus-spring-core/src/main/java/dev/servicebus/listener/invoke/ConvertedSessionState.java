package dev.servicebus.listener.invoke;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.support.GenericMessage;

import dev.servicebus.listener.SessionContext;
import dev.servicebus.listener.SessionState;

/**
 * The state of a session as the type that a method has declared.
 */
final class ConvertedSessionState implements SessionState<Object> {

	private final SessionContext session;

	private final MessageConverter converter;

	private final MethodParameter parameter;

	private @Nullable Object value;

	private boolean known;

	/**
	 * Makes a state that is not read yet.
	 * @param session the session
	 * @param converter reads and writes the state
	 * @param parameter declares its type
	 */
	ConvertedSessionState(SessionContext session, MessageConverter converter, MethodParameter parameter) {
		this.session = session;
		this.converter = converter;
		this.parameter = parameter;
	}

	@Override
	public @Nullable Object get() {
		if (!this.known) {
			byte[] bytes = this.session.state();
			this.value = (bytes != null) ? read(bytes) : null;
			this.known = true;
		}
		return this.value;
	}

	@Override
	public void set(@Nullable Object state) {
		this.session.state((state != null) ? write(state) : null);
		this.value = state;
		this.known = true;
	}

	private Object read(byte[] bytes) {
		Class<?> type = ResolvableType.forMethodParameter(this.parameter).getGeneric(0).resolve(Object.class);
		Message<byte[]> message = new GenericMessage<>(bytes);
		Object state = (this.converter instanceof SmartMessageConverter smart)
				? smart.fromMessage(message, type, this.parameter.nested()) : this.converter.fromMessage(message, type);
		if (state == null) {
			throw new MessageConversionException("No converter makes a " + type.getName() + " of the session's state");
		}
		return state;
	}

	private byte[] write(Object state) {
		Message<?> message = this.converter.toMessage(state, null);
		if (message != null && message.getPayload() instanceof byte[] bytes) {
			return bytes;
		}
		throw new MessageConversionException(
				"No converter takes a session's state of type " + state.getClass().getName());
	}

}
