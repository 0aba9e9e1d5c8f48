package dev.servicebus.amqp.endpoint;

import dev.servicebus.amqp.AmqpError;
import dev.servicebus.amqp.Attach;
import org.jspecify.annotations.Nullable;

/**
 * One session of a connection. Used only on the connection's loop.
 */
public interface AmqpSession {

	/**
	 * The connection this session belongs to.
	 */
	AmqpConnection connection();

	/**
	 * Attaches a link on which this side sends.
	 */
	SenderLink attachSender(Attach attach, SenderLink.Listener listener);

	/**
	 * Attaches a link on which this side receives.
	 */
	ReceiverLink attachReceiver(Attach attach, ReceiverLink.Listener listener);

	/**
	 * How many links there are on this session, those included that are not answered yet.
	 */
	int links();

	/**
	 * Returns {@code false} from the moment either side has ended the session.
	 */
	boolean isOpen();

	/**
	 * Ends the session with every link on it. Harmless when repeated.
	 * @param error tells the peer why, {@code null} for an orderly end
	 */
	void end(@Nullable AmqpError error);

	/**
	 * Takes no messages of the peer any more: tells it an incoming window of zero, for
	 * good. For simulated faults; harmless when repeated.
	 */
	void closeWindow();

}
