package dev.servicebus.boot.autoconfigure;

/**
 * Makes one of the callbacks of an application throw.
 */
class Trouble {

	private volatile String expected = "";

	private volatile Kind kind = Kind.EXCEPTION;

	private volatile boolean happened;

	/** The callback of this name is to throw from now on. */
	void expect(String name, Kind newKind) {
		this.kind = newKind;
		this.expected = name;
	}

	void end() {
		this.expected = "";
	}

	boolean hasHappened() {
		return this.happened;
	}

	/** Called by each callback with its name. */
	void at(String name) {
		if (this.expected.equals(name)) {
			this.happened = true;
			String message = "trouble at the " + name;
			switch (this.kind) {
				case EXCEPTION -> throw new IllegalStateException(message);
				case ERROR -> throw new AssertionError(message);
			}
		}
	}

	/** What is thrown. */
	enum Kind {

		EXCEPTION, ERROR

	}

}
