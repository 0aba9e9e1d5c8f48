package dev.servicebus.annotation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ClassUtils;

import dev.servicebus.endpoint.BatchExpression;
import dev.servicebus.endpoint.RetryExpression;
import dev.servicebus.listener.Concurrency;
import dev.servicebus.listener.ListenerOptions;
import dev.servicebus.listener.SessionFailurePolicy;
import dev.servicebus.listener.SettlementMode;
import dev.servicebus.listener.StartupPolicy;

/**
 * The attributes that are options of the container, by their names.
 */
enum OptionAttribute {

	CONCURRENCY("concurrency", (options, value) -> options.concurrency(Concurrency.parse(value))),

	PREFETCH("prefetch", (options, value) -> options.prefetch(number(value))),

	SESSIONS("sessions", (options, value) -> options.sessions((base) -> base.withEnabled(flag(value)))),

	SESSION_IDLE_TIMEOUT("sessionIdleTimeout",
			(options, value) -> options.sessions((base) -> base.withIdleTimeout(duration(value)))),

	SESSION_MAX_CONCURRENT_CALLS("sessionMaxConcurrentCalls",
			(options, value) -> options.sessions((base) -> base.withMaxConcurrentCalls(number(value)))),

	SESSION_FAILURE_POLICY("sessionFailurePolicy",
			(options, value) -> options
				.sessions((base) -> base.withFailurePolicy(constant(SessionFailurePolicy.class, value)))),

	BATCH("batch", (options, value) -> options.batch((base) -> BatchExpression.parse(value, base))),

	SETTLEMENT("settlement", (options, value) -> options.settlement(constant(SettlementMode.class, value))),

	TRANSACTIONAL("transactional", (options, value) -> options.transactional(flag(value))),

	RETRY("retry", (options, value) -> options.retry((base) -> RetryExpression.parse(value, base))),

	RETRY_HOLD_LIMIT("retryHoldLimit",
			(options, value) -> options.failures((base) -> base.withRetryHoldLimit(duration(value)))),

	RETRY_QUEUE("retryQueue", (options, value) -> options.failures((base) -> base.withRetryQueue(value))),

	RETRYABLE("retryable", (options, value) -> options.failures((base) -> base.withRetryable(types(value)))),

	NOT_RETRYABLE("notRetryable", (options, value) -> options.failures((base) -> base.withNotRetryable(types(value)))),

	STOP_ON_FATAL_ERROR("stopOnFatalError",
			(options, value) -> options.failures((base) -> base.withStopOnFatalError(flag(value)))),

	RETURN_EXCEPTIONS("returnExceptions",
			(options, value) -> options.failures((base) -> base.withReturnExceptions(flag(value)))),

	MAX_LOCK_RENEWAL("maxLockRenewal", (options, value) -> options.maxLockRenewal(duration(value))),

	AUTO_STARTUP("autoStartup", (options, value) -> options.autoStartup(flag(value))),

	SHUTDOWN_TIMEOUT("shutdownTimeout", (options, value) -> options.shutdownTimeout(duration(value))),

	STARTUP_POLICY("startupPolicy", (options, value) -> options.startupPolicy(constant(StartupPolicy.class, value))),

	STARTUP_TIMEOUT("startupTimeout", (options, value) -> options.startupTimeout(duration(value))),

	IDLE_EVENT_INTERVAL("idleEventInterval", (options, value) -> options.idleEventInterval(duration(value))),

	STUCK_AFTER("stuckAfter", (options, value) -> options.stuckAfter(duration(value)));

	private final String attribute;

	private final BiConsumer<ListenerOptions.Builder, String> setter;

	OptionAttribute(String attribute, BiConsumer<ListenerOptions.Builder, String> setter) {
		this.attribute = attribute;
		this.setter = setter;
	}

	static OptionAttribute named(String attribute) {
		return Arrays.stream(values())
			.filter((option) -> option.attribute.equals(attribute))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("there is no option of this name; expected one of "
					+ Arrays.stream(values()).map(OptionAttribute::attribute).toList()));
	}

	String attribute() {
		return this.attribute;
	}

	/**
	 * Returns whether the option says how sessions are worked on.
	 */
	boolean isOfSessions() {
		return this != SESSIONS && name().startsWith("SESSION_");
	}

	/**
	 * Sets the option.
	 * @throws IllegalArgumentException if the text cannot be read
	 */
	void set(ListenerOptions.Builder options, String value) {
		this.setter.accept(options, value);
	}

	/**
	 * Reads the constant of an enum as it is written in properties, too.
	 */
	static <E extends Enum<E>> E constant(Class<E> type, String value) {
		String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> constant.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("expected one of " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
				.toList()));
	}

	private static int number(String value) {
		try {
			return Integer.parseInt(value);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("expected a whole number", ex);
		}
	}

	private static boolean flag(String value) {
		return switch (value.toLowerCase(Locale.ROOT)) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new IllegalArgumentException("expected true or false");
		};
	}

	/**
	 * Reads the names of exceptions, separated by commas or blanks.
	 */
	private static List<Class<? extends Throwable>> types(String value) {
		List<Class<? extends Throwable>> types = new ArrayList<>();
		for (String name : value.split("[,\\s]+")) {
			try {
				types.add(ClassUtils.forName(name, null).asSubclass(Throwable.class));
			}
			catch (ClassNotFoundException | LinkageError ex) {
				throw new IllegalArgumentException("there is no class '" + name + "'", ex);
			}
			catch (ClassCastException ex) {
				throw new IllegalArgumentException("'" + name + "' is not an exception", ex);
			}
		}
		return types;
	}

	private static Duration duration(String value) {
		try {
			return DurationFormatterUtils.detectAndParse(value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("expected a duration such as 30s or PT30S", ex);
		}
	}

}
