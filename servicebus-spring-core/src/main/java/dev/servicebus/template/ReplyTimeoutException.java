package dev.servicebus.template;

import dev.servicebus.client.ErrorContext;
import dev.servicebus.client.OperationTimeoutException;

/**
 * No reply came in time. The request may still be handled; a reply that comes later is
 * dropped.
 */
public class ReplyTimeoutException extends OperationTimeoutException {

	public ReplyTimeoutException(ErrorContext context) {
		super(context);
	}

}
