package dev.servicebus.emulator.auth;

import java.util.function.UnaryOperator;

/**
 * The authorization rules that are in force at present. Thread-safe: a reader sees all of
 * a change or nothing of it.
 */
public final class AccessRules {

	private volatile AccessControl current;

	/**
	 * Begins with the given rules.
	 */
	public AccessRules(AccessControl initial) {
		this.current = initial;
	}

	public AccessControl current() {
		return this.current;
	}

	/**
	 * Changes the rules. Who has been let in already stays until the token runs out.
	 * @param change makes new rules of the present ones
	 */
	public synchronized void change(UnaryOperator<AccessControl> change) {
		this.current = change.apply(this.current);
	}

}
