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

	private SessionAttributes() {
	}

	/**
	 * Sets the sessions that the listener takes, if the annotation names any.
	 */
	static ListenerOptionsCustomizer ids(ListenerAttributes attributes) {
		String[] named = attributes.annotation().sessionIds();
		if (named.length == 0) {
			return ListenerOptionsCustomizer.NONE;
		}
		List<String> ids = attributes.texts("sessionIds", named);
		String sessions = attributes.text("sessions", attributes.annotation().sessions());
		try {
			SessionOptions.DISABLED.withIds(ids);
			if ("false".equalsIgnoreCase(sessions)) {
				throw new IllegalArgumentException("contradicts sessions = \"false\"");
			}
		}
		catch (IllegalArgumentException ex) {
			throw attributes.declaration().invalid("sessionIds", String.join("\", \"", named), ex);
		}
		return (id, options) -> options.sessions((base) -> base.withIds(ids));
	}

	/**
	 * Refuses arguments that a listener without sessions cannot have.
	 */
	static void refuseArguments(ListenerDeclaration declaration) {
		declaration.methods()
			.stream()
			.flatMap((method) -> Arrays.stream(method.getParameterTypes()))
			.filter(ARGUMENTS::contains)
			.findFirst()
			.ifPresent((type) -> {
				throw declaration.invalid(
						"a parameter of type " + type.getSimpleName() + " only has a meaning with sessions = \"true\"",
						null);
			});
	}

}
