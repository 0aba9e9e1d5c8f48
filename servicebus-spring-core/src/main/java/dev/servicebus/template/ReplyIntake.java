package dev.servicebus.template;

import java.util.function.Consumer;

import dev.servicebus.message.ServiceBusReceivedMessage;

/**
 * Brings the replies of a queue or session. Thread-safe.
 */
interface ReplyIntake extends AutoCloseable {

	/** How many replies may be on their way at once. */
	int WINDOW = 100;

	/**
	 * Begins to receive, if it has not.
	 * @param replies takes each reply once it is completed; runs on the client's callback
	 * executor
	 */
	void open(Consumer<ServiceBusReceivedMessage> replies);

	@Override
	void close();

}
