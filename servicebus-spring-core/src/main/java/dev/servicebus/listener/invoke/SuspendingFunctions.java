package dev.servicebus.listener.invoke;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.core.CoroutinesUtils;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.ClassUtils;

/**
 * Suspending functions of Kotlin. To Java they are methods with one more parameter, which
 * Spring fills in when it calls them; their result comes later.
 */
final class SuspendingFunctions implements HandlerMethodArgumentResolver {

	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

	private static final boolean COROUTINES = KotlinDetector.isKotlinReflectPresent()
			&& ClassUtils.isPresent("kotlinx.coroutines.reactor.MonoKt", SuspendingFunctions.class.getClassLoader());

	static boolean isSuspending(@Nullable Method method) {
		return method != null && KotlinDetector.isSuspendingFunction(method);
	}

	/**
	 * Refuses a suspending function that could not be called.
	 * @throws IllegalArgumentException if what it takes is not there
	 */
	static void check(Method method) {
		if (isSuspending(method) && !COROUTINES) {
			throw new IllegalArgumentException(
					"it is a suspending function, which needs" + " org.jetbrains.kotlin:kotlin-reflect and"
							+ " org.jetbrains.kotlinx:kotlinx-coroutines-reactor on the class path");
		}
	}

	/**
	 * Calls a suspending function on this thread, until it suspends for the first time.
	 * @return its result, as a {@code Mono}
	 */
	static Object invoke(Method method, Object bean, @Nullable Object... arguments) {
		return CoroutinesUtils.invokeSuspendingFunction(method, bean, arguments);
	}

	static boolean isContinuation(MethodParameter parameter) {
		return CONTINUATION.equals(parameter.getParameterType().getName());
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return isContinuation(parameter);
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		return null;
	}

}
