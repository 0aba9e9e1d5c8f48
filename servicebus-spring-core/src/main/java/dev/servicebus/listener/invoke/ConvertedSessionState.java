package dev.servicebus.listener.invoke;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.support.GenericMessage;

import dev.servicebus.converter.PayloadCodec;
import dev.servicebus.listener.SessionContext;
import dev.servicebus.listener.SessionState;

/**
 * The state of a session as the type that a method has declared.
 */
final class ConvertedSessionState implements SessionState<Object> {

	private final SessionContext session;

	private final PayloadCodec codec;

	private final MethodParameter parameter;

	private @Nullable Object value;

	private boolean known;

	/**
	 * Makes a state that is not read yet.
	 * @param session the session
	 * @param codec reads and writes the state
	 * @param parameter declares its type
	 */
	ConvertedSessionState(SessionContext session, PayloadCodec codec, MethodParameter parameter) {
		this.session = session;
		this.codec = codec;
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
		this.session.state((state != null) ? this.codec.write(state) : null);
		this.value = state;
		this.known = true;
	}

	private Object read(byte[] bytes) {
		Class<?> type = ResolvableType.forMethodParameter(this.parameter).getGeneric(0).resolve(Object.class);
		return this.codec.read(new GenericMessage<>(bytes), type, this.parameter.nested());
	}

}
