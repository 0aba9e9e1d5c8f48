package dev.servicebus.listener;

/**
 * What a container proposes when a listener of sessions fails with a message. With one
 * call at a time, no policy lets a later message of the session pass the failed one
 * unless that is dead-lettered. Failures that no repetition can cure, such as a payload
 * that cannot be converted, are dead-lettered at once with each of them.
 */
public enum SessionFailurePolicy {

	/**
	 * The session stays here, its lock is renewed, and the message is handed to the
	 * listener again after the delays of the listener's retry options. Later messages of
	 * the session wait. After the last attempt the message is dead-lettered and the
	 * session goes on with the next one.
	 */
	HOLD,

	/**
	 * The message is dead-lettered at the first failure, and the session goes on with the
	 * next one.
	 */
	SKIP,

	/**
	 * The message is abandoned and the session given back, so that another consumer may
	 * try. If the broker grants the session to this container again before the next delay
	 * of the listener's retry options is over, the container keeps it untouched for the
	 * rest of the delay. Each attempt is a delivery: the message is dead-lettered when
	 * its delivery count says that the attempts are used up, whoever has made them, or by
	 * the broker at the limit of the entity, whichever comes first.
	 */
	PARK

}
