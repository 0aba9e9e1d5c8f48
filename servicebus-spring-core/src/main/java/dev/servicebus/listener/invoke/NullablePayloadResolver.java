package dev.servicebus.listener.invoke;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.validation.Validator;

/**
 * Payloads, which may be missing where their parameter says so: by {@code @Nullable}, as
 * a nullable type of Kotlin, or as an {@code Optional}.
 */
final class NullablePayloadResolver extends PayloadMethodArgumentResolver {

	NullablePayloadResolver(MessageConverter converter, @Nullable Validator validator) {
		super(converter, validator);
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) throws Exception {
		if (parameter.isOptional() && !parameter.hasParameterAnnotation(Payload.class)
				&& isEmptyPayload(message.getPayload())) {
			return (parameter.getParameterType() == Optional.class) ? Optional.empty() : null;
		}
		return super.resolveArgument(parameter, message);
	}

}
