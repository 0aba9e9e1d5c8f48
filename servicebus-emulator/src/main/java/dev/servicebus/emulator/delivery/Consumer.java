package dev.servicebus.emulator.delivery;

import dev.servicebus.emulator.store.BrokerException;
import dev.servicebus.emulator.store.BrokerMessage;

/**
 * Somebody who wants messages, for example a link. The broker calls it on its loop.
 */
public interface Consumer {

	/**
	 * What becomes of the messages that this consumer gets. Never changes.
	 */
	ReceiveMode receiveMode();

	/**
	 * How many messages the consumer takes right now. The broker asks before every
	 * delivery. After the answer was zero it asks again when
	 * {@link ConsumerRegistration#demandChanged()} is called.
	 */
	int demand();

	/**
	 * Hands over one message. In {@link ReceiveMode#PEEK_LOCK} it is locked and has a
	 * {@linkplain BrokerMessage#lockToken() token}; in
	 * {@link ReceiveMode#RECEIVE_AND_DELETE} the broker has already forgotten it. The
	 * consumer has read what it needs of the message when it returns. It may call the
	 * broker from here, for example to settle, but must not throw: the caller may be
	 * somebody who sends.
	 */
	void deliver(BrokerMessage message);

	/**
	 * The broker ends the registration, because the entity was deleted or may not be
	 * received from any more. No delivery follows.
	 */
	void ended(BrokerException reason);

}
