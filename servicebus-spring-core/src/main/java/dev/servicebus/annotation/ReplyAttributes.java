package dev.servicebus.annotation;

import java.lang.reflect.Method;
import java.util.Arrays;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.handler.annotation.SendTo;

import dev.servicebus.listener.invoke.ReplyTerms;

/**
 * What is declared of the replies of a method: where they go, as {@code @SendTo} on it or
 * on its class says, and their content type.
 */
final class ReplyAttributes {

	private ReplyAttributes() {
	}

	/**
	 * Returns the attributes with placeholders and expressions resolved.
	 */
	static ReplyTerms of(Method method, ListenerAttributes attributes) {
		String sendTo = sendTo(method, attributes);
		String contentType = attributes.text("replyContentType", attributes.annotation().replyContentType());
		try {
			if (!contentType.isEmpty()
					&& attributes.declaration().methods().stream().allMatch(ReplyAttributes::returnsNothing)) {
				throw new IllegalArgumentException("the method returns nothing to send");
			}
			return new ReplyTerms(sendTo, contentType);
		}
		catch (IllegalArgumentException ex) {
			throw attributes.declaration().invalid("replyContentType", contentType, ex);
		}
	}

	private static String sendTo(Method method, ListenerAttributes attributes) {
		SendTo own = AnnotatedElementUtils.findMergedAnnotation(method, SendTo.class);
		String[] values = (own != null) ? own.value() : ofClass(method);
		if (own != null && returnsNothing(method)) {
			throw attributes.declaration()
				.invalid("@SendTo(" + Arrays.toString(values) + "): the method returns nothing to send", null);
		}
		if (values.length > 1) {
			throw attributes.declaration()
				.invalid("@SendTo(" + Arrays.toString(values) + "): name one destination", null);
		}
		return (values.length == 0) ? "" : attributes.text("@SendTo", values[0]);
	}

	private static boolean returnsNothing(Method method) {
		return method.getReturnType() == void.class;
	}

	private static String[] ofClass(Method method) {
		SendTo annotation = AnnotatedElementUtils.findMergedAnnotation(method.getDeclaringClass(), SendTo.class);
		return (annotation != null) ? annotation.value() : new String[0];
	}

}
