package dev.servicebus.emulator.rule;

/**
 * The text of an SQL filter or action does not follow the grammar, or names what does not
 * exist.
 */
public final class SqlSyntaxException extends RuleException {

	private final int position;

	private final String found;

	private final String expected;

	SqlSyntaxException(int position, String found, String expected) {
		super(Reason.INVALID,
				"The SQL text is not valid at position " + position + ": found " + found + ", expected " + expected);
		this.position = position;
		this.found = found;
		this.expected = expected;
	}

	/**
	 * Where, counted in characters from 1.
	 */
	public int position() {
		return this.position;
	}

	/**
	 * What stands there.
	 */
	public String found() {
		return this.found;
	}

	/**
	 * What would be valid there.
	 */
	public String expected() {
		return this.expected;
	}

}
