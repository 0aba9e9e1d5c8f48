package dev.servicebus.emulator.delivery;

/**
 * Work that waits for the end of its transaction. Either {@link #check()} and then
 * {@link #apply()} is called, or {@link #rollBack()}, possibly after a check has failed.
 * Belongs to the broker's loop.
 */
public interface TransactionalWork {

	/**
	 * Refuses a commit that would fail. Changes nothing.
	 * @throws dev.servicebus.emulator.store.BrokerException if the work cannot be done
	 * any more
	 */
	void check();

	/**
	 * Does the work, which must not fail after a check within the same call of the
	 * broker.
	 */
	void apply();

	/**
	 * Gives the work up, as if it had never been asked for.
	 */
	void rollBack();

}
