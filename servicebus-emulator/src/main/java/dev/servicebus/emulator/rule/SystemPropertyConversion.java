package dev.servicebus.emulator.rule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Makes the value of an expression fit a system property.
 */
final class SystemPropertyConversion {

	private SystemPropertyConversion() {
	}

	/**
	 * Converts a value.
	 * @throws FilterException if it cannot be converted
	 */
	static @Nullable Object convert(SystemProperty property, @Nullable Object value) {
		if (value == null) {
			return null;
		}
		try {
			Object converted = switch (property.type()) {
				case STRING -> string(SqlValue.normalize(value));
				case DURATION -> duration(value);
				case INSTANT -> instant(value);
				case INTEGER, BOOLEAN -> null;
			};
			if (converted != null) {
				return converted;
			}
		}
		catch (DateTimeException ex) {
			throw error(property, "this string");
		}
		throw error(property, SqlValue.describe(value));
	}

	private static @Nullable Object string(@Nullable Object value) {
		boolean hasText = value instanceof String || value instanceof Number || value instanceof Boolean
				|| value instanceof UUID;
		return hasText ? String.valueOf(value) : null;
	}

	private static @Nullable Object duration(Object value) {
		Duration duration = (value instanceof Duration given) ? given : null;
		if (value instanceof String text) {
			duration = text.startsWith("P") ? Duration.parse(text) : timeSpan(text);
		}
		return (duration != null && duration.compareTo(Duration.ZERO) > 0) ? duration : null;
	}

	/**
	 * Reads the form of .NET: days and a point if there are any, then the time.
	 */
	private static Duration timeSpan(String text) {
		int point = text.indexOf('.');
		boolean hasDays = point >= 0 && point < text.indexOf(':');
		Duration time = Duration.between(LocalTime.MIN, LocalTime.parse(hasDays ? text.substring(point + 1) : text));
		return hasDays ? time.plusDays(days(text.substring(0, point))) : time;
	}

	private static long days(String text) {
		try {
			return Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			throw new DateTimeException("No number of days", ex);
		}
	}

	private static @Nullable Object instant(Object value) {
		if (value instanceof String text) {
			TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from,
					LocalDateTime::from);
			return (time instanceof LocalDateTime local) ? local.toInstant(ZoneOffset.UTC) : Instant.from(time);
		}
		return (value instanceof Instant) ? value : null;
	}

	private static FilterException error(SystemProperty property, String found) {
		return new FilterException(
				"sys." + property.text() + " cannot be set to " + found + "; " + switch (property.type()) {
					case STRING -> "it takes a string";
					case DURATION -> "it takes a duration above zero such as 'PT1M30S' or '00:01:30'";
					case INSTANT -> "it takes a point in time such as '2030-01-31T12:00:00Z'";
					case INTEGER, BOOLEAN -> "it cannot be set";
				});
	}

}
