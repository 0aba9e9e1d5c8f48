package dev.servicebus.listener.invoke;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;

import dev.servicebus.converter.PayloadCodec;
import dev.servicebus.converter.ServiceBusMessageConverter;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Makes the elements of a batch, each from its own message. Thread-safe.
 */
final class BatchElements {

	private final BatchParameter parameter;

	private final ServiceBusMessageConverter converter;

	private final PayloadCodec codec;

	private final @Nullable Validator validator;

	private final Object @Nullable [] validationHints;

	BatchElements(BatchParameter parameter, ServiceBusMessageConverter converter, @Nullable Validator validator) {
		this.parameter = parameter;
		this.converter = converter;
		this.codec = new PayloadCodec(converter.payloadConverter(), "a message");
		this.validator = validator;
		this.validationHints = parameter.validationHints();
	}

	/**
	 * Makes the element that stands for a message.
	 * @throws MessageConversionException if its payload is not what the method takes
	 * @throws MethodArgumentNotValidException if it is not valid
	 */
	Object of(ServiceBusReceivedMessage received) {
		if (this.parameter.isOfReceivedMessages()) {
			return received;
		}
		Message<byte[]> message = this.converter.toMessage(received);
		Object payload = payload(message);
		validate(message, payload);
		return this.parameter.isOfSpringMessages() ? MessageBuilder.createMessage(payload, message.getHeaders())
				: payload;
	}

	private Object payload(Message<byte[]> message) {
		Class<?> type = this.parameter.payloadType();
		if (this.parameter.isOfSpringMessages() && type == Object.class) {
			return message.getPayload();
		}
		return this.codec.read(message, type, this.parameter.payloadParameter());
	}

	private void validate(Message<?> message, Object payload) {
		if (this.validator == null || this.validationHints == null) {
			return;
		}
		BeanPropertyBindingResult errors = new BeanPropertyBindingResult(payload, "payload");
		if (this.validationHints.length > 0 && this.validator instanceof SmartValidator smart) {
			smart.validate(payload, errors, this.validationHints);
		}
		else {
			this.validator.validate(payload, errors);
		}
		if (errors.hasErrors()) {
			throw new MethodArgumentNotValidException(message, this.parameter.parameter(), errors);
		}
	}

}
