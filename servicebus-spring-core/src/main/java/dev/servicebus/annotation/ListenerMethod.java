package dev.servicebus.annotation;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * An annotated method of a bean.
 *
 * @param bean the bean
 * @param beanName its name
 * @param method the method, callable on the bean
 * @param annotation one of its annotations
 */
record ListenerMethod(Object bean, String beanName, Method method, ServiceBusListener annotation) {

	String defaultId() {
		return this.beanName + "-" + this.method.getName();
	}

	InvalidListenerException invalid(String problem, @Nullable Throwable cause) {
		return new InvalidListenerException("@ServiceBusListener on " + this + ": " + problem, cause);
	}

	InvalidListenerException invalid(String attribute, String value, Throwable cause) {
		return invalid("attribute " + attribute + " = \"" + value + "\": " + cause.getMessage(), cause);
	}

	@Override
	public String toString() {
		String parameters = Arrays.stream(this.method.getParameterTypes())
			.map(Class::getSimpleName)
			.collect(Collectors.joining(", "));
		return "method '" + this.method.getDeclaringClass().getSimpleName() + "." + this.method.getName() + "("
				+ parameters + ")' of bean '" + this.beanName + "'";
	}

}
