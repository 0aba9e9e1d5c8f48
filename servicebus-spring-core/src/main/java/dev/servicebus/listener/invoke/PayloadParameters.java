package dev.servicebus.listener.invoke;

import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.ClassUtils;

/**
 * Tells which parameters of a method are the payload: those that nothing else is known to
 * make.
 */
final class PayloadParameters {

	private final Supplier<List<HandlerMethodArgumentResolver>> resolvers;

	/**
	 * Makes what tells them.
	 * @param resolvers what makes arguments, in the order in which it is asked
	 */
	PayloadParameters(Supplier<List<HandlerMethodArgumentResolver>> resolvers) {
		this.resolvers = resolvers;
	}

	/**
	 * Refuses a method with more than one payload.
	 * @throws IllegalArgumentException if it has
	 */
	void refuseSeveral(Method method) {
		List<MethodParameter> payloads = payloads(method);
		if (payloads.size() > 1) {
			throw new IllegalArgumentException(
					"parameters "
							+ payloads.stream()
								.map((parameter) -> parameter.getParameterIndex() + " ("
										+ parameter.getParameterType().getSimpleName() + ")")
								.toList()
							+ " would all be the payload, of which there is one; mark headers with @Header");
		}
	}

	/**
	 * The type of the payload that a method takes, by itself or in a Spring message;
	 * {@code null} if it asks for none.
	 */
	@Nullable Class<?> typeOf(Object bean, Method method) {
		Class<?> type = payloads(method).stream()
			.findFirst()
			.<Class<?>>map((parameter) -> parameter.withContainingClass(AopUtils.getTargetClass(bean))
				.nestedIfOptional()
				.getNestedParameterType())
			.orElseGet(() -> ofMessage(bean, method));
		return (type != null) ? ClassUtils.resolvePrimitiveIfNecessary(type) : null;
	}

	private static @Nullable Class<?> ofMessage(Object bean, Method method) {
		return BatchParameter.parameters(method)
			.map((parameter) -> parameter.withContainingClass(AopUtils.getTargetClass(bean)))
			.filter((parameter) -> Message.class.isAssignableFrom(parameter.getParameterType()))
			.<Class<?>>map((parameter) -> ResolvableType.forMethodParameter(parameter)
				.as(Message.class)
				.getGeneric(0)
				.resolve())
			.findFirst()
			.orElse(null);
	}

	private List<MethodParameter> payloads(Method method) {
		return BatchParameter.parameters(method).filter(this::isPayload).toList();
	}

	private boolean isPayload(MethodParameter parameter) {
		return this.resolvers.get()
			.stream()
			.filter((resolver) -> resolver.supportsParameter(parameter))
			.findFirst()
			.filter(PayloadMethodArgumentResolver.class::isInstance)
			.isPresent();
	}

}
