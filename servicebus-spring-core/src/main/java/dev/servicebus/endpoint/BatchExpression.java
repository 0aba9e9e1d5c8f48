package dev.servicebus.endpoint;

import java.time.Duration;

import org.springframework.format.datetime.standard.DurationFormatterUtils;

import dev.servicebus.listener.BatchOptions;

/**
 * Batch options in one line of text: a number of messages, a time to wait, or both, for
 * example {@code 50, 200ms}. What is not said stays as it was.
 */
public final class BatchExpression {

	private BatchExpression() {
	}

	/**
	 * Reads an expression.
	 * @param expression the text
	 * @param base what holds where the text says nothing
	 * @throws IllegalArgumentException if the text cannot be read, or an option is out of
	 * range
	 */
	public static BatchOptions parse(String expression, BatchOptions base) {
		BatchOptions options = base;
		for (String word : expression.strip().split("[,\\s]+")) {
			boolean number = word.matches("[+-]?\\d+");
			options = number ? options.withSize(size(word)) : options.withMaxWait(duration(word));
		}
		return options;
	}

	private static int size(String word) {
		try {
			return Integer.parseInt(word);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("the size of a batch must be 1 to " + BatchOptions.MAX_SIZE, ex);
		}
	}

	private static Duration duration(String word) {
		try {
			return DurationFormatterUtils.detectAndParse(word);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'" + word + "' is neither a number of messages nor a duration such as 200ms or PT0.2S", ex);
		}
	}

}
