package dev.servicebus.listener.invoke;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.listener.ListenerContext;
import dev.servicebus.listener.MessageLock;
import dev.servicebus.listener.SessionContext;
import dev.servicebus.listener.Settlement;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Arguments that are not made from the body or the headers of a message.
 */
final class ContextArgumentResolver implements HandlerMethodArgumentResolver {

	private static final Map<Class<?>, Function<HandledMessage, Object>> ARGUMENTS = Map.of(
			ServiceBusReceivedMessage.class, HandledMessage::original, ListenerContext.class, HandledMessage::context,
			Settlement.class, (message) -> message.context().settlement(), MessageLock.class,
			ContextArgumentResolver::lock, SessionContext.class, HandledMessage::sessionOf, ServiceBusSession.class,
			(message) -> HandledMessage.sessionOf(message).session());

	private static MessageLock lock(HandledMessage message) {
		MessageLock lock = message.context().lock();
		if (lock == null) {
			throw new MessageConversionException("The method asks for the lock of its message, but listener '"
					+ message.context().listenerId() + "' has its messages deleted on delivery");
		}
		return lock;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return ARGUMENTS.containsKey(parameter.getParameterType());
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		Function<HandledMessage, Object> argument = ARGUMENTS.get(parameter.getParameterType());
		return (argument != null && message instanceof HandledMessage handled) ? argument.apply(handled) : null;
	}

}
