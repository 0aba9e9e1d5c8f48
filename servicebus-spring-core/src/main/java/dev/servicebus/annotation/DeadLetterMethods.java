package dev.servicebus.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

import dev.servicebus.listener.invoke.DeadLetterResult;

/**
 * Finds the methods of a bean that are the last resort of its listeners.
 */
final class DeadLetterMethods {

	private DeadLetterMethods() {
	}

	/**
	 * The method for a listener, {@code null} if there is none.
	 * @throws InvalidListenerException if there are several
	 */
	static @Nullable Found find(ListenerAttributes attributes, String id) {
		ListenerDeclaration listener = attributes.declaration();
		Map<Method, DeadLetterHandler> methods = of(AopProxyUtils.ultimateTargetClass(listener.bean()));
		Found named = single(listener, methods, (handler) -> listeners(attributes, handler).contains(id));
		return (named != null) ? named : single(listener, methods, (handler) -> handler.listeners().length == 0);
	}

	/**
	 * Refuses a method that names a listener that its bean does not have.
	 * @param ids the ids of the listeners of the bean
	 */
	static void refuseUnknown(ListenerAttributes attributes, List<String> ids) {
		ListenerDeclaration declaration = attributes.declaration();
		of(AopProxyUtils.ultimateTargetClass(declaration.bean())).forEach((method, annotation) -> {
			List<String> unknown = new ArrayList<>(listeners(attributes, annotation));
			unknown.removeAll(ids);
			if (!unknown.isEmpty()) {
				throw new InvalidListenerException(
						"@DeadLetterHandler on method " + ListenerDeclaration.describe(method) + " of bean '"
								+ declaration.beanName() + "': attribute listeners = \""
								+ String.join("\", \"", unknown) + "\": the bean has no such listener, only " + ids,
						null);
			}
		});
	}

	/**
	 * The methods of a class.
	 */
	static Map<Method, DeadLetterHandler> of(Class<?> type) {
		return MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<DeadLetterHandler>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, DeadLetterHandler.class));
	}

	private static @Nullable Found single(ListenerDeclaration listener, Map<Method, DeadLetterHandler> methods,
			Predicate<DeadLetterHandler> condition) {
		List<Map.Entry<Method, DeadLetterHandler>> matching = methods.entrySet()
			.stream()
			.filter((entry) -> condition.test(entry.getValue()))
			.toList();
		if (matching.size() > 1) {
			throw listener.invalid("the bean has several @DeadLetterHandler methods for it: "
					+ matching.stream().map((entry) -> entry.getKey().getName()).sorted().toList(), null);
		}
		return matching.isEmpty() ? null : found(listener, matching.get(0).getKey(), matching.get(0).getValue());
	}

	private static Found found(ListenerDeclaration listener, Method method, DeadLetterHandler annotation) {
		return new Found(AopUtils.selectInvocableMethod(method, listener.bean().getClass()),
				annotation.complete() ? DeadLetterResult.COMPLETE : DeadLetterResult.DEAD_LETTER);
	}

	private static List<String> listeners(ListenerAttributes attributes, DeadLetterHandler handler) {
		return attributes.texts("@DeadLetterHandler(listeners)", handler.listeners());
	}

	/**
	 * A method that was found.
	 *
	 * @param method callable on the bean
	 * @param result what becomes of a message when it returns
	 */
	record Found(Method method, DeadLetterResult result) {

	}

}
