package dev.servicebus.converter;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;

import org.jspecify.annotations.Nullable;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Converts the values of headers to what the properties of a message need.
 */
final class HeaderValues {

	private HeaderValues() {
	}

	static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

	/**
	 * A duration; numbers are milliseconds, text is like {@code PT30S} or {@code 30s}.
	 */
	static @Nullable Duration duration(@Nullable Object value) {
		if (value == null || value instanceof Duration) {
			return (Duration) value;
		}
		if (value instanceof Number millis) {
			return Duration.ofMillis(millis.longValue());
		}
		if (value instanceof CharSequence text) {
			return DurationFormatterUtils.detectAndParse(text.toString());
		}
		throw unexpected(value, "a Duration");
	}

	/**
	 * A point in time; numbers are milliseconds since 1970, text is like
	 * {@code 2030-01-01T00:00:00Z}.
	 */
	static @Nullable OffsetDateTime time(@Nullable Object value) {
		if (value == null || value instanceof OffsetDateTime) {
			return (OffsetDateTime) value;
		}
		if (value instanceof ZonedDateTime zoned) {
			return zoned.toOffsetDateTime();
		}
		if (value instanceof CharSequence text) {
			return OffsetDateTime.parse(text);
		}
		if (value instanceof Instant instant) {
			return instant.atOffset(ZoneOffset.UTC);
		}
		if (value instanceof Date date) {
			return date.toInstant().atOffset(ZoneOffset.UTC);
		}
		if (value instanceof Number millis) {
			return Instant.ofEpochMilli(millis.longValue()).atOffset(ZoneOffset.UTC);
		}
		throw unexpected(value, "a point in time");
	}

	private static IllegalArgumentException unexpected(Object value, String expected) {
		return new IllegalArgumentException("expected " + expected + " but got a " + value.getClass().getName());
	}

}
