package dev.servicebus.observation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The span in which a message was sent, as far as the message tells. Immutable.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param sampled whether the sender has recorded it
 */
public record TraceLink(String traceId, String spanId, boolean sampled) {

	/** What follows the flags in later versions is not of interest. */
	private static final Pattern TRACEPARENT = Pattern
		.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

	private static final String NO_TRACE = "0".repeat(32);

	private static final String NO_SPAN = "0".repeat(16);

	/**
	 * Reads the {@code traceparent} of W3C Trace Context.
	 * @return {@code null} if it is none
	 */
	static @Nullable TraceLink parse(String traceparent) {
		Matcher matcher = TRACEPARENT.matcher(traceparent);
		if (!matcher.matches() || matcher.group(1).equals(NO_TRACE) || matcher.group(2).equals(NO_SPAN)) {
			return null;
		}
		return new TraceLink(matcher.group(1), matcher.group(2), (Integer.parseInt(matcher.group(3), 16) & 1) == 1);
	}

}
