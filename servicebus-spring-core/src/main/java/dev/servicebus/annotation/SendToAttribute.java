package dev.servicebus.annotation;

import java.lang.reflect.Method;
import java.util.Arrays;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.handler.annotation.SendTo;

/**
 * Where the replies of a method go, as {@code @SendTo} on it or on its class says.
 */
final class SendToAttribute {

	private SendToAttribute() {
	}

	/**
	 * Returns the destination with placeholders and expressions resolved, empty for none.
	 */
	static String of(Method method, ListenerAttributes attributes) {
		SendTo own = AnnotatedElementUtils.findMergedAnnotation(method, SendTo.class);
		String[] values = (own != null) ? own.value() : ofClass(method);
		if (own != null && method.getReturnType() == void.class) {
			throw attributes.declaration()
				.invalid("@SendTo(" + Arrays.toString(values) + "): the method returns nothing to send", null);
		}
		if (values.length > 1) {
			throw attributes.declaration()
				.invalid("@SendTo(" + Arrays.toString(values) + "): name one destination", null);
		}
		return (values.length == 0) ? "" : attributes.text("@SendTo", values[0]);
	}

	private static String[] ofClass(Method method) {
		SendTo annotation = AnnotatedElementUtils.findMergedAnnotation(method.getDeclaringClass(), SendTo.class);
		return (annotation != null) ? annotation.value() : new String[0];
	}

}
