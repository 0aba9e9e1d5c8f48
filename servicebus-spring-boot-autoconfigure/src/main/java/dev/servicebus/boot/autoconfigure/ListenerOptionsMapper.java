package dev.servicebus.boot.autoconfigure;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

import dev.servicebus.endpoint.ListenerOptionsCustomizer;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.FailureOptions;
import dev.servicebus.listener.ListenerOptions;

/**
 * Makes options of listeners of properties.
 */
final class ListenerOptionsMapper {

	private ListenerOptionsMapper() {
	}

	/**
	 * The options of listeners whose annotations say nothing else.
	 */
	static ListenerOptions defaults(ListenerProperties properties) {
		ListenerOptions.Builder options = ListenerOptions.builder();
		apply("servicebus.listener", properties, options);
		return options.build();
	}

	/**
	 * Changes the options of the listeners that have properties of their own.
	 */
	static ListenerOptionsCustomizer overrides(Map<String, ListenerProperties> listeners) {
		return (id, options) -> {
			ListenerProperties properties = listeners.get(id);
			if (properties != null) {
				String prefix = "servicebus.listeners." + id;
				apply(prefix, properties, options);
				SessionOptionsMapper.refuseIfDisabled(prefix + ".session", properties.session(), options);
			}
		};
	}

	private static void apply(String prefix, ListenerProperties properties, ListenerOptions.Builder options) {
		new OptionSetter<>(prefix, options, ListenerOptions.Builder::build)
			.set("concurrency", properties.concurrency(),
					(builder, concurrency) -> builder.concurrency(Concurrency.parse(concurrency)))
			// The two exclude each other, so neither may meet an old value of the other.
			.set("prefetch", properties.prefetch(), (builder, prefetch) -> {
				builder.prefetch(prefetch);
				if (properties.settlement() != null) {
					builder.settlement(properties.settlement());
				}
			})
			.set("batch.size", properties.batch().size(),
					(builder, size) -> builder.batch((batch) -> batch.withSize(size)))
			.set("batch.max-wait", properties.batch().maxWait(),
					(builder, maxWait) -> builder.batch((batch) -> batch.withMaxWait(maxWait)))
			.set("settlement", properties.settlement(), ListenerOptions.Builder::settlement)
			.set("transactional", properties.transactional(), ListenerOptions.Builder::transactional)
			.set("max-lock-renewal", properties.maxLockRenewal(), ListenerOptions.Builder::maxLockRenewal)
			.set("shutdown-timeout", properties.shutdownTimeout(), ListenerOptions.Builder::shutdownTimeout)
			.set("auto-startup", properties.autoStartup(), ListenerOptions.Builder::autoStartup)
			.set("startup-policy", properties.startupPolicy(), ListenerOptions.Builder::startupPolicy)
			.set("startup-timeout", properties.startupTimeout(), ListenerOptions.Builder::startupTimeout)
			.set("idle-event-interval", properties.idleEventInterval(), ListenerOptions.Builder::idleEventInterval)
			.set("stuck-after", properties.stuckAfter(), ListenerOptions.Builder::stuckAfter)
			.set("stop-on-fatal-error", properties.stopOnFatalError(), failures(FailureOptions::withStopOnFatalError))
			.set("return-exceptions", properties.returnExceptions(), failures(FailureOptions::withReturnExceptions))
			.set("retry.hold-limit", properties.retry().holdLimit(), failures(FailureOptions::withRetryHoldLimit))
			.set("retry.queue", properties.retry().queue(), failures(FailureOptions::withRetryQueue))
			.set("retry.retryable", properties.retry().retryable(), failures(FailureOptions::withRetryable))
			.set("retry.not-retryable", properties.retry().notRetryable(), failures(FailureOptions::withNotRetryable));
		SessionOptionsMapper.apply(prefix + ".session", properties.session(), options);
		options.retry((base) -> RetryOptionsMapper.change(prefix + ".retry", properties.retry(), base));
	}

	private static <T> BiConsumer<ListenerOptions.Builder, T> failures(
			BiFunction<FailureOptions, T, FailureOptions> change) {
		return (builder, value) -> builder.failures((failures) -> change.apply(failures, value));
	}

}
