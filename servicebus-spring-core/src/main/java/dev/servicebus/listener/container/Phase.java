package dev.servicebus.listener.container;

/**
 * Where a message stands.
 */
enum Phase {

	/** It waits for a worker. */
	QUEUED,

	/** The listener has it; in manual settlement also after its return. */
	RUNNING,

	/** It waits for its next attempt. */
	WAITING,

	/** A copy of it is being scheduled, which takes its place. */
	SCHEDULING,

	/** It is settled as soon as the state of its session is saved. */
	SAVING,

	/** The listener or its outcome has settled it. */
	SETTLED,

	/** The container has given it back because of a shutdown. */
	GIVEN_BACK,

	/** Its lock is lost. */
	LOCK_LOST;

	/** Whether it may be settled. */
	boolean isOpen() {
		return this == QUEUED || this == RUNNING || this == WAITING;
	}

	/** Whether its end is still to come. */
	boolean isUnfinished() {
		return isOpen() || this == SCHEDULING || this == SAVING;
	}

}
