package dev.servicebus.annotation;

import java.lang.reflect.Method;

import org.springframework.core.annotation.AnnotatedElementUtils;

import dev.servicebus.listener.MessageListener;
import dev.servicebus.listener.invoke.MethodListenerFactory;
import dev.servicebus.listener.invoke.PayloadHandler;
import dev.servicebus.listener.invoke.ReplyTerms;
import dev.servicebus.listener.reply.Answers;

/**
 * Makes the methods that a declaration consists of a listener.
 */
final class HandlerMethods {

	private final MethodListenerFactory listeners;

	HandlerMethods(MethodListenerFactory listeners) {
		this.listeners = listeners;
	}

	/**
	 * Makes a listener.
	 * @param answers sends what the methods return
	 */
	MessageListener listener(ListenerAttributes attributes, Answers answers) {
		ListenerDeclaration declaration = attributes.declaration();
		if (declaration.methods().isEmpty()) {
			throw declaration.invalid("it has no method with @ServiceBusHandler", null);
		}
		return declaration.isOfClass() ? ofClass(attributes, answers) : ofMethod(attributes, answers);
	}

	private MessageListener ofMethod(ListenerAttributes attributes, Answers answers) {
		ListenerDeclaration declaration = attributes.declaration();
		Method method = declaration.methods().get(0);
		ReplyTerms terms = ReplyAttributes.of(method, attributes);
		try {
			return this.listeners.create(declaration.bean(), declaration.invocable(method), answers, terms);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			String sendTo = terms.sendTo();
			throw declaration.invalid((sendTo.isEmpty() ? "" : "@SendTo(\"" + sendTo + "\"): ") + ex.getMessage(), ex);
		}
	}

	private MessageListener ofClass(ListenerAttributes attributes, Answers answers) {
		ListenerDeclaration declaration = attributes.declaration();
		try {
			return this.listeners.create(declaration.bean(),
					declaration.methods().stream().map((method) -> handler(attributes, method)).toList(), answers);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw declaration.invalid(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static PayloadHandler handler(ListenerAttributes attributes, Method method) {
		ServiceBusHandler annotation = AnnotatedElementUtils.findMergedAnnotation(method, ServiceBusHandler.class);
		return new PayloadHandler(attributes.declaration().invocable(method),
				annotation != null && annotation.isDefault(), ReplyAttributes.of(method, attributes));
	}

}
