package dev.servicebus.annotation;

import java.util.List;

import dev.servicebus.endpoint.ListenerOptionsCustomizer;
import dev.servicebus.listener.SessionOptions;

/**
 * Reads what an annotated method says about sessions and is not a single text.
 */
final class SessionAttributes {

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

}
