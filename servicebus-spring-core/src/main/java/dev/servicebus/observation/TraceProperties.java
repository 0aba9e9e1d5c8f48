package dev.servicebus.observation;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.servicebus.message.ServiceBusMessage;
import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Application properties that carry a trace: those of W3C Trace Context, and
 * {@code Diagnostic-Id}, the older name under which Azure SDKs write and read
 * {@code traceparent}.
 */
final class TraceProperties {

	private static final String TRACEPARENT = "traceparent";

	private static final String DIAGNOSTIC_ID = "Diagnostic-Id";

	/** Version, trace id, span id and flags, as all versions begin. */
	private static final int TRACEPARENT_LENGTH = 55;

	private TraceProperties() {
	}

	/**
	 * Adds the properties that a tracer has written to a message.
	 */
	static ServiceBusMessage write(ServiceBusMessage message, Map<String, String> trace) {
		ServiceBusMessage.Builder traced = message.mutate();
		trace.forEach(traced::applicationProperty);
		String traceparent = trace.get(TRACEPARENT);
		if (traceparent != null) {
			traced.applicationProperty(DIAGNOSTIC_ID, traceparent);
		}
		return traced.build();
	}

	static @Nullable String read(ServiceBusReceivedMessage message, String name) {
		Map<String, @Nullable Object> properties = message.applicationProperties();
		String value = text(properties.get(name));
		return (value != null || !name.equals(TRACEPARENT)) ? value : traceparent(text(properties.get(DIAGNOSTIC_ID)));
	}

	/**
	 * The span in which a message was sent, {@code null} if it does not tell.
	 */
	static @Nullable TraceLink link(ServiceBusReceivedMessage message) {
		String traceparent = read(message, TRACEPARENT);
		return (traceparent != null) ? TraceLink.parse(traceparent) : null;
	}

	/** The oldest SDKs wrote ids of another form, which no tracer can continue. */
	private static @Nullable String traceparent(@Nullable String diagnosticId) {
		boolean known = diagnosticId != null && diagnosticId.length() >= TRACEPARENT_LENGTH
				&& diagnosticId.charAt(2) == '-';
		return known ? diagnosticId : null;
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value instanceof String text) ? text : null;
	}

}
