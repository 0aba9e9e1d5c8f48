package dev.servicebus.annotation;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import dev.servicebus.client.ServiceBusSession;
import dev.servicebus.endpoint.ListenerOptionsCustomizer;
import dev.servicebus.listener.SessionContext;
import dev.servicebus.listener.SessionOptions;
import dev.servicebus.listener.SessionState;

/**
 * Reads what an annotated method says about sessions and is not a single text.
 */
final class SessionAttributes {

	private static final Set<Class<?>> ARGUMENTS = Set.of(ServiceBusSession.class, SessionContext.class,
			SessionState.class);

	private final AttributeResolver attributes;

	SessionAttributes(AttributeResolver attributes) {
		this.attributes = attributes;
	}

	/**
	 * Sets the sessions that the listener takes, if the annotation names any.
	 */
	ListenerOptionsCustomizer ids(ListenerMethod method) {
		String[] named = method.annotation().sessionIds();
		if (named.length == 0) {
			return ListenerOptionsCustomizer.NONE;
		}
		try {
			List<String> ids = this.attributes.texts(named);
			SessionOptions.DISABLED.withIds(ids);
			if ("false".equalsIgnoreCase(this.attributes.text(method.annotation().sessions()))) {
				throw new IllegalArgumentException("contradicts sessions = \"false\"");
			}
			return (id, options) -> options.sessions((base) -> base.withIds(ids));
		}
		catch (RuntimeException ex) {
			throw method.invalid("sessionIds", String.join("\", \"", named), ex);
		}
	}

	/**
	 * Refuses arguments that a listener without sessions cannot have.
	 */
	void refuseArguments(ListenerMethod method) {
		Arrays.stream(method.method().getParameterTypes()).filter(ARGUMENTS::contains).findFirst().ifPresent((type) -> {
			throw method.invalid(
					"a parameter of type " + type.getSimpleName() + " only has a meaning with sessions = \"true\"",
					null);
		});
	}

}
