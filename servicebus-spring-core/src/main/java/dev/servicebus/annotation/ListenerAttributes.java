package dev.servicebus.annotation;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;

/**
 * The attributes of one annotation. What cannot be resolved ends in an
 * {@link InvalidListenerException} that names attribute and value.
 */
final class ListenerAttributes {

	private final ListenerDeclaration declaration;

	private final AttributeResolver resolver;

	ListenerAttributes(ListenerDeclaration declaration, AttributeResolver resolver) {
		this.declaration = declaration;
		this.resolver = resolver;
	}

	ListenerDeclaration declaration() {
		return this.declaration;
	}

	ServiceBusListener annotation() {
		return this.declaration.annotation();
	}

	/**
	 * The text that an attribute stands for.
	 */
	String text(String attribute, String value) {
		try {
			return this.resolver.text(value);
		}
		catch (RuntimeException ex) {
			throw this.declaration.invalid(attribute, value, ex);
		}
	}

	/**
	 * The texts that an attribute stands for.
	 */
	List<String> texts(String attribute, String[] values) {
		try {
			return this.resolver.texts(values);
		}
		catch (RuntimeException ex) {
			throw this.declaration.invalid(attribute, String.join("\", \"", values), ex);
		}
	}

	/**
	 * The bean or object that an attribute stands for, {@code null} if it is empty.
	 */
	<T> @Nullable T bean(String attribute, String value, Class<T> type) {
		try {
			return this.resolver.bean(value, type);
		}
		catch (BeansException | IllegalArgumentException ex) {
			throw this.declaration.invalid(attribute, value, ex);
		}
	}

	/**
	 * The bean with the qualifier or name that an attribute has resulted in.
	 */
	<T> T qualified(String attribute, String qualifier, Class<T> type) {
		try {
			return this.resolver.qualified(qualifier, type);
		}
		catch (BeansException ex) {
			throw this.declaration.invalid(attribute, qualifier, ex);
		}
	}

}
