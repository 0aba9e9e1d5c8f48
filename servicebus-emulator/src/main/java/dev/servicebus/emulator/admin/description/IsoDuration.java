package dev.servicebus.emulator.admin.description;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.servicebus.emulator.entity.EntityOptions;
import org.jspecify.annotations.Nullable;

/**
 * Durations as XML schema has them. Clients write "for ever" with more or fewer fractions
 * of a second, so whatever is as good as that means that. As in the service, a year
 * counts 365 days and a month 30.
 */
final class IsoDuration {

	private static final Pattern FORMAT = Pattern
		.compile("P(?!$)(?:(\\d{1,9})Y)?(?:(\\d{1,9})M)?(?:(\\d{1,9})W)?(?:(\\d{1,9})D)?"
				+ "(?:T(?=\\d)(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9}(?:\\.\\d{1,18})?)S)?)?");

	private static final long[] SECONDS = { 365 * 86_400L, 30 * 86_400L, 7 * 86_400L, 86_400L, 3600L, 60L };

	private static final int FRACTION = 7;

	private IsoDuration() {
	}

	/**
	 * Reads a duration.
	 * @throws IllegalArgumentException if it is none
	 */
	static Duration parse(String text) {
		Matcher matcher = FORMAT.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("not an ISO 8601 duration");
		}
		long seconds = 0;
		for (int i = 0; i < SECONDS.length; i++) {
			String part = matcher.group(i + 1);
			seconds += (part != null) ? Long.parseLong(part) * SECONDS[i] : 0;
		}
		Duration duration = Duration.ofSeconds(seconds).plus(fraction(matcher.group(FRACTION)));
		boolean forEver = duration.toSeconds() == EntityOptions.FOREVER.toSeconds();
		return forEver ? EntityOptions.FOREVER : duration;
	}

	/**
	 * Writes a duration with days, for example {@code P1DT30M}.
	 */
	static String format(Duration duration) {
		if (duration.isZero()) {
			return "PT0S";
		}
		Duration time = duration.minusDays(duration.toDays());
		String days = (duration.toDays() > 0) ? "P" + duration.toDays() + "D" : "P";
		return time.isZero() ? days : days + time.toString().substring(1);
	}

	private static Duration fraction(@Nullable String seconds) {
		if (seconds == null) {
			return Duration.ZERO;
		}
		BigDecimal exact = new BigDecimal(seconds);
		long whole = exact.longValue();
		return Duration.ofSeconds(whole, exact.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
	}

}
