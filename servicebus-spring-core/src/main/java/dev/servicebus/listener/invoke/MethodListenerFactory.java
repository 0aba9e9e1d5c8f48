package dev.servicebus.listener.invoke;

import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.messaging.handler.annotation.support.MessageHandlerMethodFactory;
import org.springframework.validation.Validator;

import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.listener.MessageListener;

/**
 * Makes listeners of methods. A method may take, in any order and number: the payload, as
 * any type that the converter can make of it; a Spring {@code Message}; annotated headers
 * and payloads, validated where they are marked so; the received message, its
 * {@link dev.servicebus.listener.Settlement} and
 * {@link dev.servicebus.listener.ListenerContext}. Thread-safe.
 */
public final class MethodListenerFactory {

	private final MessageHandlerMethodFactory methods;

	private final ServiceBusMessageConverter converter;

	/**
	 * Makes a factory.
	 * @param beanFactory resolves placeholders in annotations of arguments
	 * @param converter makes the payloads
	 * @param validator validates payloads marked with {@code @Valid}, {@code null} for
	 * none
	 */
	public MethodListenerFactory(BeanFactory beanFactory, ServiceBusMessageConverter converter,
			@Nullable Validator validator) {
		ListenerMethods factory = new ListenerMethods();
		factory.setBeanFactory(beanFactory);
		factory.setMessageConverter(converter.payloadConverter());
		factory.setCustomArgumentResolvers(List.of(new ContextArgumentResolver(), new ErrorArgumentResolver(),
				new SessionStateArgumentResolver(converter.payloadConverter())));
		if (validator != null) {
			factory.setValidator(validator);
		}
		factory.afterPropertiesSet();
		this.methods = factory;
		this.converter = converter;
	}

	/**
	 * Makes a listener of a method.
	 * @param bean whose method it is
	 * @param method the method, callable on {@code bean}
	 */
	public MessageListener create(Object bean, Method method) {
		return new MethodListener(this.methods.createInvocableHandlerMethod(bean, method), this.converter);
	}

	/**
	 * Makes a listener of a method, with another one for the messages that it has failed
	 * with and that are about to be dead-lettered. That may also take the exception, or
	 * one of its causes.
	 * @param bean whose methods they are
	 * @param method the method, callable on {@code bean}
	 * @param deadLetterMethod the other one, callable on {@code bean}
	 * @param result what becomes of a message when the other method returns
	 */
	public MessageListener create(Object bean, Method method, Method deadLetterMethod, DeadLetterResult result) {
		return new RecoveringMethodListener(create(bean, method),
				this.methods.createInvocableHandlerMethod(bean, deadLetterMethod), this.converter, result);
	}

}
