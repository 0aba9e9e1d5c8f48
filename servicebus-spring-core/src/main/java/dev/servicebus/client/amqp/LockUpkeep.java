package dev.servicebus.client.amqp;

import dev.servicebus.client.ServiceBusException;
import org.jspecify.annotations.Nullable;

/**
 * Who renews a lock at present: the receiver by itself, because its options say so, or a
 * program that has asked for it, or nobody. Confined to the loop.
 */
final class LockUpkeep {

	private LockRenewals.@Nullable Renewal automatic;

	private @Nullable LockKeeping asked;

	/**
	 * The receiver renews the lock.
	 */
	void renewedBy(LockRenewals.Renewal renewal) {
		this.automatic = renewal;
	}

	/**
	 * A program renews the lock, in place of an earlier request of the same kind.
	 */
	void keptBy(LockKeeping keeping, RenewableLock lock) {
		stopKeeping();
		this.asked = keeping;
		keeping.start(lock);
	}

	/**
	 * Returns whether a program has asked for the renewal.
	 */
	boolean isAsked() {
		return this.asked != null;
	}

	/**
	 * The lock was of use: the receiver may renew it for the whole time once more.
	 */
	void extend() {
		if (this.automatic != null) {
			this.automatic.extend();
		}
	}

	/**
	 * Tells the program that has asked, if any, that the lock is lost.
	 */
	void fail(ServiceBusException failure) {
		LockKeeping failing = this.asked;
		this.asked = null;
		if (failing != null) {
			failing.fail(failure);
		}
	}

	/**
	 * The lock need not be renewed any more. Harmless when it is not.
	 */
	void stop() {
		if (this.automatic != null) {
			this.automatic.stop();
			this.automatic = null;
		}
		stopKeeping();
	}

	private void stopKeeping() {
		if (this.asked != null) {
			this.asked.stop();
			this.asked = null;
		}
	}

}
