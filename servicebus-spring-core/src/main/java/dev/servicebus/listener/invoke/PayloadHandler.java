package dev.servicebus.listener.invoke;

import java.lang.reflect.Method;
import java.util.Objects;

/**
 * One of several methods that share the messages of a listener by their payloads.
 *
 * @param method the method, callable on its bean
 * @param isDefault whether it gets the messages that no other method is for
 * @param replies what is declared of its replies
 */
public record PayloadHandler(Method method, boolean isDefault, ReplyTerms replies) {

	public PayloadHandler {
		Objects.requireNonNull(method, "method");
		Objects.requireNonNull(replies, "replies");
	}

}
