package dev.servicebus.converter;

import java.lang.reflect.Modifier;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.SmartMessageConverter;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.messaging.support.MessageHeaderAccessor;

/**
 * Writes the logical name of a payload's type, and follows it where the receiver asks for
 * an interface or an abstract class. A receiver that asks for a class gets that class.
 * Thread-safe.
 */
final class NamedTypeConverter implements SmartMessageConverter {

	private final SmartMessageConverter converter;

	private final MessageTypes types;

	NamedTypeConverter(SmartMessageConverter converter, MessageTypes types) {
		this.converter = converter;
		this.types = types;
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass) {
		return fromMessage(message, targetClass, null);
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass, @Nullable Object conversionHint) {
		Class<?> named = Modifier.isAbstract(targetClass.getModifiers()) || targetClass == Object.class
				? named(message, targetClass) : null;
		return (named != null) ? this.converter.fromMessage(message, named)
				: this.converter.fromMessage(message, targetClass, conversionHint);
	}

	private @Nullable Class<?> named(Message<?> message, Class<?> parent) {
		if (!this.types.anyIs(parent)) {
			return null;
		}
		Object name = message.getHeaders().get(MessageTypes.PROPERTY);
		if (name == null) {
			return null;
		}
		Class<?> named = this.types.type(name.toString());
		if (named == null || !parent.isAssignableFrom(named)) {
			throw new MessageConversionException(message,
					"The message says that it is a '" + name + "', which is the name of no " + parent.getSimpleName()
							+ "; known are " + new TreeSet<>(this.types.names()));
		}
		return named;
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
		return toMessage(payload, headers, null);
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers,
			@Nullable Object conversionHint) {
		Message<?> message = this.converter.toMessage(payload, headers, conversionHint);
		String name = this.types.name(payload.getClass());
		if (message == null || name == null) {
			return message;
		}
		MessageHeaderAccessor accessor = MessageHeaderAccessor.getMutableAccessor(message);
		accessor.setHeaderIfAbsent(MessageTypes.PROPERTY, name);
		return new GenericMessage<>(message.getPayload(), accessor.getMessageHeaders());
	}

}
