package dev.servicebus.emulator.delivery;

import dev.servicebus.emulator.store.BrokerException;

/**
 * Somebody who takes whatever session is free. The broker calls it on its loop, one of
 * its methods once.
 */
public interface SessionApplicant {

	/**
	 * Gets a session. It must not throw: the caller may be somebody who sends.
	 */
	void accepted(AcceptedSession session);

	/**
	 * Gets none: the deadline has passed, or the entity has ended.
	 */
	void refused(BrokerException reason);

}
