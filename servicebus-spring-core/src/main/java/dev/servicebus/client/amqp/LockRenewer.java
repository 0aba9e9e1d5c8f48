package dev.servicebus.client.amqp;

import java.time.Instant;
import java.time.Duration;
import java.util.List;

/**
 * Asks the broker to renew locks.
 */
interface LockRenewer {

	/**
	 * The entity that holds the locks.
	 */
	String entityPath();

	/**
	 * How many locks one request can renew.
	 */
	int locksPerRequest();

	/**
	 * Renews locks, all or none.
	 * @param locks the locks
	 * @param limit how long to wait for the answer
	 * @param completion takes the instants until which they are locked now, in the same
	 * order
	 */
	void renew(List<RenewableLock> locks, Duration limit, Completion<List<Instant>> completion);

}
