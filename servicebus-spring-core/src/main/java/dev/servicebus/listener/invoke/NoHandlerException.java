package dev.servicebus.listener.invoke;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * None of the methods of a listener class is for a message. There is no use in trying
 * again.
 */
public class NoHandlerException extends MessageConversionException {

	public NoHandlerException(String message) {
		super(message);
	}

}
