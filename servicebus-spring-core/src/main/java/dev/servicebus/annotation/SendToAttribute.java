package dev.servicebus.annotation;

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
	static String of(ListenerMethod method, AttributeResolver attributes) {
		SendTo own = AnnotatedElementUtils.findMergedAnnotation(method.method(), SendTo.class);
		String[] values = (own != null) ? own.value() : ofClass(method);
		if (own != null && method.method().getReturnType() == void.class) {
			throw method.invalid("@SendTo(" + Arrays.toString(values) + "): the method returns nothing to send", null);
		}
		if (values.length > 1) {
			throw method.invalid("@SendTo(" + Arrays.toString(values) + "): name one destination", null);
		}
		return (values.length == 0) ? "" : resolve(method, values[0], attributes);
	}

	private static String[] ofClass(ListenerMethod method) {
		SendTo annotation = AnnotatedElementUtils.findMergedAnnotation(method.method().getDeclaringClass(),
				SendTo.class);
		return (annotation != null) ? annotation.value() : new String[0];
	}

	private static String resolve(ListenerMethod method, String value, AttributeResolver attributes) {
		try {
			return attributes.text(value);
		}
		catch (RuntimeException ex) {
			throw method.invalid("@SendTo", value, ex);
		}
	}

}
