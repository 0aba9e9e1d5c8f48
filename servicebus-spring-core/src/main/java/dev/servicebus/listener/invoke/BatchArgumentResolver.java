package dev.servicebus.listener.invoke;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.listener.BatchContext;
import dev.servicebus.listener.BatchSettlement;
import dev.servicebus.listener.SessionContext;

/**
 * Arguments of methods that take batches.
 */
final class BatchArgumentResolver implements HandlerMethodArgumentResolver {

	private static final Map<Class<?>, Function<HandledBatch, Object>> ARGUMENTS = Map.of(BatchContext.class,
			HandledBatch::context, BatchSettlement.class, (batch) -> batch.context().settlement(), SessionContext.class,
			HandledMessage::sessionOf, ServiceBusSession.class, (batch) -> HandledMessage.sessionOf(batch).session());

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		Method method = parameter.getMethod();
		boolean known = BatchParameter.isBatch(parameter) || ARGUMENTS.containsKey(parameter.getParameterType());
		return known && method != null && BatchParameter.find(method) != null;
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		if (!(message instanceof HandledBatch batch)) {
			return null;
		}
		Function<HandledBatch, Object> argument = ARGUMENTS.get(parameter.getParameterType());
		return (argument != null) ? argument.apply(batch) : batch.elements();
	}

}
