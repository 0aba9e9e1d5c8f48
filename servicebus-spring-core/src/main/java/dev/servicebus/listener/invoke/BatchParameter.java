package dev.servicebus.listener.invoke;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * The parameter of a method that takes a batch.
 *
 * @param parameter the parameter, a list
 * @param element the type of its elements
 */
record BatchParameter(MethodParameter parameter, ResolvableType element) {

	/**
	 * Finds the parameter: a {@code List} that no annotation says is something else.
	 * @return {@code null} if the method takes no batch
	 * @throws IllegalArgumentException if there are several, or its elements have no type
	 */
	static @Nullable BatchParameter find(Method method) {
		List<MethodParameter> lists = parameters(method).filter(BatchParameter::isBatch).toList();
		if (lists.size() > 1) {
			throw new IllegalArgumentException("it has " + lists.size()
					+ " parameters of type List: one is the batch; mark a payload that is a list with @Payload");
		}
		return lists.isEmpty() ? null : of(lists.get(0));
	}

	private static BatchParameter of(MethodParameter parameter) {
		ResolvableType element = ResolvableType.forMethodParameter(parameter).getGeneric(0);
		if (element.resolve() == null) {
			throw new IllegalArgumentException("its parameter " + parameter.getParameterIndex()
					+ ", a batch, does not say what it is a List of, for example List<ServiceBusReceivedMessage>");
		}
		return new BatchParameter(parameter, element);
	}

	static Stream<MethodParameter> parameters(Method method) {
		return Stream.iterate(0, (index) -> index < method.getParameterCount(), (index) -> index + 1)
			.map((index) -> new MethodParameter(method, index));
	}

	static boolean isBatch(MethodParameter parameter) {
		return parameter.getParameterType() == List.class && Stream.of(Payload.class, Header.class, Headers.class)
			.noneMatch((annotation) -> parameter.hasParameterAnnotation(annotation));
	}

	boolean isOfReceivedMessages() {
		return this.element.toClass() == ServiceBusReceivedMessage.class;
	}

	boolean isOfSpringMessages() {
		return Message.class.isAssignableFrom(this.element.toClass());
	}

	/**
	 * What payloads are converted to.
	 */
	Class<?> payloadType() {
		return (isOfSpringMessages() ? this.element.as(Message.class).getGeneric(0) : this.element)
			.resolve(Object.class);
	}

	/**
	 * The parameter as converters want to see it, with the type arguments of the payload.
	 */
	MethodParameter payloadParameter() {
		MethodParameter nested = this.parameter.nested();
		return isOfSpringMessages() ? nested.nested() : nested;
	}

	/**
	 * The groups by which each element is validated, {@code null} for no validation.
	 */
	Object @Nullable [] validationHints() {
		AnnotatedType type = this.parameter.getParameter().getAnnotatedType();
		Stream<AnnotatedType> arguments = (type instanceof AnnotatedParameterizedType parameterized)
				? Arrays.stream(parameterized.getAnnotatedActualTypeArguments()) : Stream.empty();
		return Stream
			.concat(Arrays.stream(this.parameter.getParameterAnnotations()),
					arguments.flatMap((argument) -> Arrays.stream(argument.getAnnotations())))
			.map(ValidationAnnotationUtils::determineValidationHints)
			.filter((hints) -> hints != null)
			.findFirst()
			.orElse(null);
	}

}
