package dev.servicebus.listener;

/**
 * How many messages, or sessions, a container handles at once. A container with a range
 * begins at its lower end, takes one more step towards the upper end whenever all of its
 * handlers have been busy for a while, and falls back when there is nothing to do.
 * Immutable.
 *
 * @param minimum how many at least, 1 or more
 * @param maximum how many at most, not below {@code minimum}
 */
public record Concurrency(int minimum, int maximum) {

	public Concurrency {
		if (minimum < 1) {
			throw new IllegalArgumentException("concurrency must be at least 1 but is " + minimum);
		}
		if (maximum < minimum) {
			throw new IllegalArgumentException(
					"the upper end of a concurrency must not be below the lower but is " + minimum + "-" + maximum);
		}
	}

	/**
	 * Always the same.
	 */
	public static Concurrency of(int number) {
		return new Concurrency(number, number);
	}

	/**
	 * Reads a number such as {@code 8}, or a range such as {@code 2-8}.
	 * @throws IllegalArgumentException if it is neither
	 */
	public static Concurrency parse(String text) {
		int separator = text.indexOf('-', 1);
		return (separator < 0) ? of(number(text, text)) : new Concurrency(number(text.substring(0, separator), text),
				number(text.substring(separator + 1), text));
	}

	/**
	 * Returns whether it may change while the container works.
	 */
	public boolean isElastic() {
		return this.minimum != this.maximum;
	}

	private static int number(String part, String text) {
		try {
			return Integer.parseInt(part.strip());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"expected a whole number such as 8, or a range such as 2-8, but found \"" + text + "\"", ex);
		}
	}

	/**
	 * The form that {@link #parse} reads.
	 */
	@Override
	public String toString() {
		return isElastic() ? this.minimum + "-" + this.maximum : String.valueOf(this.minimum);
	}

}
