package dev.servicebus.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.springframework.format.datetime.standard.DurationFormatterUtils;

import dev.servicebus.client.retry.RetryMode;
import dev.servicebus.client.retry.RetryOptions;

/**
 * Retry options in one line of text, for example
 * {@code exponential 5s x2 max 10m, attempts 8}, {@code fixed 30s, attempts 3} or
 * {@code none}. Words may come in any order; what is not said stays as it was.
 */
public final class RetryExpression {

	private RetryExpression() {
	}

	/**
	 * Reads an expression.
	 * @param expression the text
	 * @param base what holds where the text says nothing
	 * @throws IllegalArgumentException if the text cannot be read, or an option is out of
	 * range
	 */
	public static RetryOptions parse(String expression, RetryOptions base) {
		RetryOptions.Builder options = base.mutate();
		String[] words = expression.strip().toLowerCase(Locale.ROOT).split("[,\\s]+");
		if (words.length > 1 && List.of(words).contains("none")) {
			throw new IllegalArgumentException("'none' contradicts everything else in '" + expression + "'");
		}
		for (int index = 0; index < words.length; index++) {
			String word = words[index];
			switch (word) {
				case "none" -> options.maxAttempts(1);
				case "exponential" -> options.mode(RetryMode.EXPONENTIAL);
				case "fixed" -> options.mode(RetryMode.FIXED);
				case "attempts" -> options.maxAttempts(number(word, value(words, ++index), Integer::valueOf));
				case "max" -> options.maxDelay(duration(value(words, ++index)));
				case "jitter" -> options.jitter(number(word, value(words, ++index), Double::valueOf));
				default -> delayOrMultiplier(options, base, word);
			}
		}
		return options.build();
	}

	private static void delayOrMultiplier(RetryOptions.Builder options, RetryOptions base, String word) {
		if (word.startsWith("x")) {
			options.multiplier(number("x", word.substring(1), Double::valueOf));
			return;
		}
		Duration delay = duration(word);
		options.delay(delay);
		if (delay.compareTo(base.maxDelay()) > 0) {
			options.maxDelay(delay);
		}
	}

	private static <N> N number(String name, String text, Function<String, N> parser) {
		try {
			return parser.apply(text);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'" + text + "' after '" + name + "' is not a number", ex);
		}
	}

	private static String value(String[] words, int index) {
		if (index >= words.length) {
			throw new IllegalArgumentException("a value is missing after '" + words[words.length - 1] + "'");
		}
		return words[index];
	}

	private static Duration duration(String word) {
		try {
			return DurationFormatterUtils.detectAndParse(word);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("'" + word + "' is neither a duration such as 30s or PT30S nor one of"
					+ " none, fixed, exponential, attempts, max, jitter, xN", ex);
		}
	}

}
