package dev.servicebus.client.admin.atom;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/**
 * Simple values of XML Schema as text.
 */
final class XmlValues {

	private XmlValues() {
	}

	/**
	 * Writes a duration with days, as the service does: the largest ones have more hours
	 * than some readers count.
	 */
	static String write(Duration duration) {
		Duration rest = duration.minusDays(duration.toDays());
		if (duration.toDays() == 0) {
			return duration.toString();
		}
		String days = "P" + duration.toDays() + "D";
		return rest.isZero() ? days : days + rest.toString().substring(1);
	}

	static String write(OffsetDateTime time) {
		return DateTimeFormatter.ISO_INSTANT.format(time);
	}

	static Duration duration(String text) {
		try {
			return Duration.parse(text);
		}
		catch (DateTimeException ex) {
			throw new MalformedDocumentException("'" + text + "' is no duration", ex);
		}
	}

	/**
	 * Reads a time; one without an offset is in UTC.
	 */
	static OffsetDateTime time(String text) {
		try {
			TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from,
					LocalDateTime::from);
			return (time instanceof OffsetDateTime offset) ? offset : ((LocalDateTime) time).atOffset(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			throw new MalformedDocumentException("'" + text + "' is no time", ex);
		}
	}

	static long integer(String text) {
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			throw new MalformedDocumentException("'" + text + "' is no integer", ex);
		}
	}

	static boolean bool(String text) {
		return switch (text) {
			case "true", "1", "True" -> true;
			case "false", "0", "False" -> false;
			default -> throw new MalformedDocumentException("'" + text + "' is no boolean");
		};
	}

}
