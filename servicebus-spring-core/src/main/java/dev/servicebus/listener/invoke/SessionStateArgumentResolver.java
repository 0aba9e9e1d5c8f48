package dev.servicebus.listener.invoke;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import dev.servicebus.converter.PayloadCodec;
import dev.servicebus.listener.SessionState;

/**
 * Arguments that are the state of the message's session.
 */
final class SessionStateArgumentResolver implements HandlerMethodArgumentResolver {

	private final PayloadCodec codec;

	SessionStateArgumentResolver(MessageConverter converter) {
		this.codec = new PayloadCodec(converter, "a session state");
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == SessionState.class;
	}

	@Override
	public Object resolveArgument(MethodParameter parameter, Message<?> message) {
		return new ConvertedSessionState(HandledMessage.sessionOf(message), this.codec, parameter);
	}

}
