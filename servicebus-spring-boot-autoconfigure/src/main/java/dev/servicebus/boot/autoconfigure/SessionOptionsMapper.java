package dev.servicebus.boot.autoconfigure;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;

import dev.servicebus.boot.autoconfigure.ListenerProperties.Session;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.SessionOptions;

/**
 * Makes options of sessions of properties.
 */
final class SessionOptionsMapper {

	private SessionOptionsMapper() {
	}

	static void apply(String prefix, Session properties, ListenerOptions.Builder options) {
		new OptionSetter<>(prefix, options, ListenerOptions.Builder::build)
			.set("enabled", properties.enabled(), change(SessionOptions::withEnabled))
			.set("ids", properties.ids(), change(SessionOptions::withIds))
			.set("idle-timeout", properties.idleTimeout(), change(SessionOptions::withIdleTimeout))
			.set("max-concurrent-calls", properties.maxConcurrentCalls(),
					change(SessionOptions::withMaxConcurrentCalls))
			.set("failure-policy", properties.failurePolicy(), change(SessionOptions::withFailurePolicy));
	}

	/**
	 * Refuses properties of one listener that has no sessions.
	 */
	static void refuseIfDisabled(String prefix, Session properties, ListenerOptions.Builder options) {
		if (!options.build().sessions().enabled()) {
			new OptionSetter<>(prefix, options, ListenerOptions.Builder::build)
				.set("idle-timeout", properties.idleTimeout(), SessionOptionsMapper::refuse)
				.set("max-concurrent-calls", properties.maxConcurrentCalls(), SessionOptionsMapper::refuse)
				.set("failure-policy", properties.failurePolicy(), SessionOptionsMapper::refuse);
		}
	}

	private static void refuse(ListenerOptions.Builder options, Object value) {
		throw new IllegalArgumentException("only has a meaning for a listener that takes sessions");
	}

	private static <T> BiConsumer<ListenerOptions.Builder, T> change(
			BiFunction<SessionOptions, T, SessionOptions> change) {
		return (options, value) -> options.sessions((base) -> change.apply(base, value));
	}

}
