package dev.servicebus.annotation;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/**
 * A listener as a bean declares it by an annotation.
 *
 * @param bean the bean
 * @param beanName its name
 * @param element the annotated method or class
 * @param methods the methods that handle the messages, as the class declares them
 * @param annotation one of the annotations of the element
 */
record ListenerDeclaration(Object bean, String beanName, AnnotatedElement element, List<Method> methods,
		ServiceBusListener annotation) {

	String defaultId() {
		return (this.element instanceof Method method) ? this.beanName + "-" + method.getName() : this.beanName;
	}

	/**
	 * Returns whether it is on a class.
	 */
	boolean isOfClass() {
		return this.element instanceof Class<?>;
	}

	/**
	 * The method as it can be called on the bean, which may be a proxy.
	 */
	Method invocable(Method method) {
		return AopUtils.selectInvocableMethod(method, this.bean.getClass());
	}

	InvalidListenerException invalid(String problem, @Nullable Throwable cause) {
		return new InvalidListenerException("@ServiceBusListener on " + this + ": " + problem, cause);
	}

	InvalidListenerException invalid(String attribute, String value, Throwable cause) {
		return invalid("attribute " + attribute + " = \"" + value + "\": " + cause.getMessage(), cause);
	}

	/**
	 * A method as messages name it.
	 */
	static String describe(Method method) {
		String parameters = Arrays.stream(method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", "));
		return "'" + method.getDeclaringClass().getSimpleName() + "." + method.getName() + "(" + parameters + ")'";
	}

	@Override
	public String toString() {
		String place = (this.element instanceof Method method) ? "method " + describe(method)
				: "class '" + ((Class<?>) this.element).getSimpleName() + "'";
		return place + " of bean '" + this.beanName + "'";
	}

}
