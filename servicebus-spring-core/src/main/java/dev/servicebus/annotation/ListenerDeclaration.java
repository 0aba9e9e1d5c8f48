package dev.servicebus.annotation;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A listener as a bean declares it by an annotation.
 *
 * @param bean the bean
 * @param beanName its name
 * @param method the annotated method, callable on the bean
 * @param annotation one of its annotations
 */
record ListenerDeclaration(Object bean, String beanName, Method method, ServiceBusListener annotation) {

	String defaultId() {
		return this.beanName + "-" + this.method.getName();
	}

	/**
	 * The methods that handle messages.
	 */
	List<Method> methods() {
		return List.of(this.method);
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
