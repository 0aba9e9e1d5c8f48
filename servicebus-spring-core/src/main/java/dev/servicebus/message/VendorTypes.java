package dev.servicebus.message;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import dev.servicebus.amqp.type.DescribedValue;
import dev.servicebus.amqp.type.Symbol;
import org.jspecify.annotations.Nullable;

/**
 * The described types of Service Bus for values that AMQP has no type for. Times count in
 * ticks of 100 nanoseconds, instants from the beginning of the year 1.
 */
final class VendorTypes {

	private static final Symbol TIMESPAN = Symbol.of("com.microsoft:timespan");

	private static final Symbol DATETIME_OFFSET = Symbol.of("com.microsoft:datetime-offset");

	private static final Symbol URI_TEXT = Symbol.of("com.microsoft:uri");

	private static final long NANOS_PER_TICK = 100;

	private static final long TICKS_PER_SECOND = 10_000_000;

	/** 1 January 1970 in ticks. */
	private static final long EPOCH_TICKS = 621_355_968_000_000_000L;

	private VendorTypes() {
	}

	/**
	 * The described form of a value, {@code null} if there is none for its type.
	 */
	static @Nullable DescribedValue describe(Object value) {
		if (value instanceof Duration duration) {
			return new DescribedValue(TIMESPAN, ticks(duration.getSeconds(), duration.getNano()));
		}
		if (value instanceof OffsetDateTime time) {
			Instant instant = time.toInstant();
			return new DescribedValue(DATETIME_OFFSET,
					Math.addExact(EPOCH_TICKS, ticks(instant.getEpochSecond(), instant.getNano())));
		}
		if (value instanceof URI uri) {
			return new DescribedValue(URI_TEXT, uri.toString());
		}
		return null;
	}

	/**
	 * What a described value stands for; the described value itself if it is of another
	 * kind, or broken.
	 */
	static Object read(DescribedValue described) {
		try {
			if (described.value() instanceof Long ticks) {
				if (TIMESPAN.equals(described.descriptor())) {
					return Duration.ofSeconds(Math.floorDiv(ticks, TICKS_PER_SECOND),
							Math.floorMod(ticks, TICKS_PER_SECOND) * NANOS_PER_TICK);
				}
				if (DATETIME_OFFSET.equals(described.descriptor())) {
					return time(ticks);
				}
			}
			if (described.value() instanceof String text && URI_TEXT.equals(described.descriptor())) {
				return new URI(text);
			}
		}
		catch (DateTimeException | ArithmeticException | URISyntaxException ex) {
			return described;
		}
		return described;
	}

	private static OffsetDateTime time(long ticks) {
		long sinceEpoch = Math.subtractExact(ticks, EPOCH_TICKS);
		Instant instant = Instant.ofEpochSecond(Math.floorDiv(sinceEpoch, TICKS_PER_SECOND),
				Math.floorMod(sinceEpoch, TICKS_PER_SECOND) * NANOS_PER_TICK);
		return instant.atOffset(ZoneOffset.UTC);
	}

	private static long ticks(long seconds, int nanos) {
		return Math.addExact(Math.multiplyExact(seconds, TICKS_PER_SECOND), nanos / NANOS_PER_TICK);
	}

}
