package dev.servicebus.listener.invoke;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/**
 * What a listener has failed with, as an argument: the outermost exception of the type of
 * the parameter among the error and its causes.
 */
final class ErrorArgumentResolver implements HandlerMethodArgumentResolver {

	/** Longer chains lead back into themselves. */
	private static final int MAX_CAUSES = 100;

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return Throwable.class.isAssignableFrom(parameter.getParameterType());
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		Throwable error = (message instanceof HandledMessage handled) ? handled.error() : null;
		for (int depth = 0; error != null && depth < MAX_CAUSES; depth++) {
			if (parameter.getParameterType().isInstance(error)) {
				return error;
			}
			error = error.getCause();
		}
		if (parameter.isOptional()) {
			return null;
		}
		throw new MessageConversionException("The method asks for a " + parameter.getParameterType().getName()
				+ ", but the listener has not failed with one");
	}

}
