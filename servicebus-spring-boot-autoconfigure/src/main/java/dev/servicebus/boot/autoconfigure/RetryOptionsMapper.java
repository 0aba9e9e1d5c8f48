package dev.servicebus.boot.autoconfigure;

import java.time.Duration;

import dev.servicebus.client.retry.RetryOptions;

/**
 * Makes retry options of properties.
 */
final class RetryOptionsMapper {

	private RetryOptionsMapper() {
	}

	static RetryOptions client(ServiceBusProperties.Retry properties) {
		RetryOptions.Builder options = RetryOptions.builder();
		String prefix = "servicebus.retry";
		apply(prefix, properties, options);
		new OptionSetter<>(prefix, options, RetryOptions.Builder::build).set("try-timeout", properties.tryTimeout(),
				RetryOptions.Builder::tryTimeout);
		return options.build();
	}

	/**
	 * Changes what the properties say and keeps the rest.
	 */
	static RetryOptions change(String prefix, RetryProperties properties, RetryOptions base) {
		RetryOptions.Builder options = base.mutate();
		apply(prefix, properties, options);
		return options.build();
	}

	private static void apply(String prefix, RetryProperties properties, RetryOptions.Builder options) {
		RetryOptions base = options.build();
		new OptionSetter<>(prefix, options, RetryOptions.Builder::build)
			.set("max-attempts", properties.maxAttempts(), RetryOptions.Builder::maxAttempts)
			.set("mode", properties.mode(), RetryOptions.Builder::mode)
			// One of the two alone takes the other one along, else a default contradicts.
			.set("delay", properties.delay(), (builder, delay) -> builder.delay(delay).maxDelay(max(base, delay)))
			.set("max-delay", properties.maxDelay(), (builder, maxDelay) -> {
				builder.maxDelay(maxDelay);
				if (properties.delay() == null && maxDelay.compareTo(base.delay()) < 0) {
					builder.delay(maxDelay);
				}
			})
			.set("multiplier", properties.multiplier(), RetryOptions.Builder::multiplier)
			.set("jitter", properties.jitter(), RetryOptions.Builder::jitter);
	}

	private static Duration max(RetryOptions base, Duration delay) {
		return (delay.compareTo(base.maxDelay()) > 0) ? delay : base.maxDelay();
	}

}
