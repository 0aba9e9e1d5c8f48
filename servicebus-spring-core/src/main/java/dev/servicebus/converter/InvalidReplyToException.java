package dev.servicebus.converter;

import org.springframework.messaging.converter.MessageConversionException;

/**
 * A request has no address to which a reply can be sent, and never will.
 */
public class InvalidReplyToException extends MessageConversionException {

	public InvalidReplyToException(String message) {
		super(message);
	}

}
